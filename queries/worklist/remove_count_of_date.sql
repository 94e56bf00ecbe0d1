-- question  Forget what was worked out for a day: its counts.
-- grain     as_of
-- param     as_of  date  2026-11-23  the day
delete from worklist_count
where as_of = $as_of
