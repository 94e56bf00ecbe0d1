-- question  Drop the lines of patients whose facts have changed since a day was worked out.
-- grain     as_of, episode_id
-- param     as_of  date  2026-11-23  the day
delete from worklist_line
where as_of = $as_of and patient_id in (select patient_id from worklist_stale where as_of = $as_of)
