-- question  Which course does a patient's link show: the newest that has begun, else the next, else who has none yet?
-- grain     one row
-- param     patient_id  varchar  demo-0001   the patient
-- param     as_of       date     2026-11-23  which day is today, for the clinic
-- column    episode_id  varchar  the course
-- missing   no row: the patient isn't there any more
select episode_id
from episode_summary
where patient_id = $patient_id
order by
    coalesce(performed_on <= $as_of, false) desc,
    case when performed_on <= $as_of then performed_on end desc,
    performed_on,
    episode_id
limit 1
