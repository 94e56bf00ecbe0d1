-- question  How much was there to check at each clinic, kind by kind?
-- grain     counted, clinic_id
-- param     as_of       date     2026-11-23  which day is today, for the clinic
-- param     episode_id  varchar  null        one episode in the visit states, or null for all
-- param     clinics  varchar[]  null  the clinics that may be seen, or null for all
-- uses      followup/state_by_visit as visit_state_row
-- column    counted    varchar  patients, courses, scores, milestones, medicines, visits, entries or clinics
-- column    clinic_id  varchar  the clinic
-- column    checked    bigint   how many
-- missing   no row: none of that kind
with spoken as (
    select 'patients' as counted, patient_id, count(*) as many
    from patient
    where retracted_at is null
    group by patient_id
    union all
    select 'courses', patient_id, count(*) from episode where retracted_at is null group by patient_id
    union all
    select 'scores', patient_id, count(*) from score where retracted_at is null group by patient_id
    union all
    select 'milestones', patient_id, count(*)
    from milestone_event
    where retracted_at is null and status = 'achieved'
    group by patient_id
    union all
    select 'medicines', patient_id, count(*) from medication where retracted_at is null group by patient_id
    union all
    select 'entries', patient_id, count(*)
    from (
        select patient_id from score where retracted_at is null and source = 'entered' and supersedes is null
        union all
        select patient_id from milestone_event where retracted_at is null and source = 'entered' and supersedes is null
        union all
        select patient_id from event where retracted_at is null and source = 'entered' and supersedes is null
    )
    group by patient_id
)

select s.counted, p.clinic_id, sum(s.many)::bigint as checked
from spoken s
join patient p on p.patient_id = s.patient_id and p.retracted_at is null
where ($clinics::varchar[] is null or list_contains($clinics::varchar[], p.clinic_id))
group by s.counted, p.clinic_id
union all
select 'visits', clinic_id, count(*)
from visit_state_row v
join visit_state n using (state)
where n.is_due and v.target_day > 0
group by clinic_id
union all
select 'clinics', clinic_id, count(*)
from clinic
where retracted_at is null and ($clinics::varchar[] is null or list_contains($clinics::varchar[], clinic_id))
group by clinic_id
order by counted, clinic_id
