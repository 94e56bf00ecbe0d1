-- question  Leave only the courses of patients whose facts changed since the day was worked out, in a temporary table before the summary.
-- grain     episode_id
-- param     as_of  date  2026-11-23  the day
create or replace temp table episode_summary as
select *
from episode_summary
where patient_id in (select patient_id from worklist_stale where as_of = $as_of)
