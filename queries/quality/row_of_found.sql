-- question  What exactly did one check find, whom is it about, and where is it put right?
-- grain     code, patient_id, clinic_id, fact_id, since_on, found
-- param     clinic_id  varchar  null  one clinic, or null for all
-- param     most       integer  2000  rows at most
-- param     clinics  varchar[]  null  the clinics that may be seen, or null for all
-- frame     found_row  code varchar, patient_id varchar, episode_id varchar, clinic_id varchar, found varchar, since_on date, fact_id varchar
-- column    code         varchar  the check
-- column    patient_id   varchar  the patient; null where it is about a clinic
-- column    episode_id   varchar  the course, where it is about one
-- column    person       varchar  the name as given, or the patient's id; null where it is about a clinic
-- column    clinic_id    varchar  the clinic
-- column    clinic       varchar  its name
-- column    found        varchar  what was found, in a plain sentence
-- column    since_on     date     the day that it is about
-- column    fact_id      varchar  the row that it is about, where it is one
-- column    fix          varchar  where it is put right: patient or import
-- column    episode_key  varchar  the address of the course on the Patient page; null where there is none
-- column    things       bigint   all that was found, listed or not
-- missing   no row: nothing found
with placed as (
    select f.* replace (coalesce(f.clinic_id, p.clinic_id) as clinic_id), p.given_name, p.family_name
    from found_row f
    left join patient p on p.patient_id = f.patient_id and p.retracted_at is null
),

course as (
    select patient_id, arg_max(episode_key, (performed_on is not null, performed_on, episode_id)) as episode_key
    from episode_summary
    where patient_id in (select patient_id from found_row)
    group by patient_id
)

select
    w.code,
    w.patient_id,
    w.episode_id,
    coalesce(nullif(concat_ws(' ', w.given_name, w.family_name), ''), w.patient_id) as person,
    w.clinic_id,
    coalesce(c.name, w.clinic_id) as clinic,
    w.found,
    w.since_on,
    w.fact_id,
    q.fix,
    coalesce(s.episode_key, o.episode_key) as episode_key,
    count(*) over () as things
from placed w
join quality_check q using (code)
left join clinic c on c.clinic_id = w.clinic_id and c.retracted_at is null
left join episode_summary s on s.episode_id = w.episode_id
left join course o on o.patient_id = w.patient_id
where ($clinic_id::varchar is null or w.clinic_id = $clinic_id)
    and ($clinics::varchar[] is null or list_contains($clinics::varchar[], w.clinic_id))
order by w.since_on desc nulls last, person, clinic, w.found, w.fact_id
limit $most
