-- question  Which procedures have no baseline?
-- grain     code, patient_id, clinic_id, fact_id, since_on, found
-- param     as_of  date  2026-11-23  which day is today, for the clinic
-- column    code        varchar  no_baseline, as in data/reference/quality_check.csv
-- column    patient_id  varchar  the patient; null where it is about a clinic
-- column    episode_id  varchar  the course, where it is about one
-- column    clinic_id   varchar  the clinic; null where the patient's is meant
-- column    found       varchar  what was found, in a plain sentence
-- column    since_on    date     the day that it is about
-- column    fact_id     varchar  the row that it is about, where it is one
-- missing   no row: nothing found
-- source    Threshold baseline_window_days
select
    'no_baseline' as code,
    patient_id,
    episode_id,
    null::varchar as clinic_id,
    format('Procedure on {}, and no baseline.', strftime(performed_on, '%-d %b %Y')) as found,
    performed_on as since_on,
    null::varchar as fact_id
from episode_summary
where performed_on <= $as_of::date and baseline_on is null
order by patient_id, clinic_id, since_on, fact_id, found
