-- question  Which courses do the touched patients have: their episodes, or one line of their own before any procedure?
-- grain     episode_id
-- after     summary/touched_all
-- column    episode_id          varchar    the episode, or 'patient:' and the patient's id
-- column    episode_key         varchar    opaque key for addresses
-- column    patient_id          varchar    the patient
-- column    clinic_id           varchar    the patient's clinic
-- column    surgeon             varchar    as given
-- column    pathway             varchar    kind of procedure; null before any
-- column    timeline_version    varchar    the version that this episode is measured by
-- column    performed_on        date       day 0
-- column    performed_at        timestamp  UTC, where a time was given
-- column    fracture_on         date       where known
-- column    died_on             date       where known, from the patient's row or an event of any course, the earlier
-- column    next_performed_on   date       the procedure that ends this course
-- column    age                 integer    whole years on day 0; by the years alone where only a year of birth is known
-- column    primary_instrument  varchar    what readings are made of
-- column    declared            boolean    the clinic says that its unspecified pain score is back pain
-- missing   null where not known; no row for a patient who was retracted
with death as (
    select patient_id, min(happened_on) as died_on
    from event
    where retracted_at is null and kind = 'died' and patient_id in (select patient_id from touched)
    group by patient_id
)

select
    coalesce(e.episode_id, 'patient:' || p.patient_id) as episode_id,
    coalesce(e.episode_key, p.patient_key) as episode_key,
    p.patient_id,
    p.clinic_id,
    e.surgeon,
    e.pathway,
    e.timeline_version,
    e.performed_on,
    e.performed_at,
    e.fracture_on,
    least(p.died_on, d.died_on) as died_on,
    lead(e.performed_on) over (
        partition by p.patient_id
        order by e.performed_on, e.performed_at nulls last, e.episode_id
    ) as next_performed_on,
    coalesce(
        date_sub('year', try_cast(p.birth_date as date), e.performed_on),
        year(e.performed_on) - try_cast(p.birth_date[:4] as integer)
    )::integer as age,
    coalesce(w.primary_instrument, 'nrs_back') as primary_instrument,
    coalesce(c.pain_is_back_pain, false) as declared
from patient p
left join episode e on e.patient_id = p.patient_id and e.retracted_at is null
left join death d on d.patient_id = p.patient_id
left join pathway w on w.pathway = e.pathway
left join clinic c on c.clinic_id = p.clinic_id and c.retracted_at is null
where p.retracted_at is null and p.patient_id in (select patient_id from touched)
order by 1
