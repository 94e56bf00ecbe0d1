-- question  Which courses do the touched patients have, as the summary says?
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
-- column    died_on             date       where known
-- column    next_performed_on   date       the procedure that ends this course
-- column    age                 integer    whole years on day 0
-- column    primary_instrument  varchar    what readings are made of
-- column    declared            boolean    the clinic says that its unspecified pain score is back pain
-- missing   null where not known; no row for a patient without a summary
-- source    For scores that were added, after which no course is another: summary/course_by_id makes them from the facts
select
    s.episode_id,
    s.episode_key,
    s.patient_id,
    s.clinic_id,
    s.surgeon,
    s.pathway,
    s.timeline_version,
    s.performed_on,
    s.performed_at,
    s.fracture_on,
    s.died_on,
    s.next_performed_on,
    s.age,
    s.primary_instrument,
    coalesce(c.pain_is_back_pain, false) as declared
from episode_summary s
left join clinic c on c.clinic_id = s.clinic_id and c.retracted_at is null
where s.patient_id in (select patient_id from touched)
order by s.episode_id
