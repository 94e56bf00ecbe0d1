-- question  What must one know of a course to judge what is entered for it?
-- grain     episode_id
-- param     episode_id  varchar  demo-0001  the course
-- column    episode_id        varchar    the course
-- column    patient_id        varchar    the patient
-- column    has_procedure     boolean    whether it is an episode; before one, scores only
-- column    performed_on      date       day 0
-- column    performed_at      timestamp  UTC, where a time was given
-- column    timeline_version  varchar    the version that it is measured by
-- column    time_zone         varchar    of the clinic
-- column    born_from         date       the earliest day on which the patient can have been born
-- column    died_on           date       where known
-- column    is_declared       boolean    the clinic says that its unspecified pain score is back pain
-- missing   no row: no such course; time_zone is UTC where the clinic isn't known
select
    s.episode_id,
    s.patient_id,
    s.performed_on is not null as has_procedure,
    s.performed_on,
    s.performed_at,
    s.timeline_version,
    coalesce(c.time_zone, 'UTC') as time_zone,
    try_cast(rpad(p.birth_date, 10, '-01-01'[length(p.birth_date) - 3:]) as date) as born_from,
    s.died_on,
    coalesce(c.pain_is_back_pain, false) as is_declared
from episode_summary s
join patient p on p.patient_id = s.patient_id and p.retracted_at is null
left join clinic c on c.clinic_id = s.clinic_id and c.retracted_at is null
where s.episode_id = $episode_id
