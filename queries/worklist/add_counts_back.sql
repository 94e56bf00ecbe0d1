-- question  Take the lines that are about to go off the counts of a day.
-- grain     as_of, clinic_id, surgeon, verdict, is_silent
-- param     as_of  date  2026-11-23  the day
insert into worklist_count
select as_of, clinic_id, surgeon, verdict, coalesce(rule = 'no_recent_reading', false), -count(*)
from worklist_line
where as_of = $as_of and patient_id in (select patient_id from worklist_stale where as_of = $as_of)
group by all
