-- question  The lines of a day are there.
-- grain     as_of
-- param     as_of  date  2026-11-23  the day
-- after     worklist/open_fresh
update worklist_day
set is_ready = true, courses = (select count(*) from fresh_line)
where as_of = $as_of
