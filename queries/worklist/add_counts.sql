-- question  Count the lines that were worked out for a day, by what the worklist is filtered by.
-- grain     as_of, clinic_id, surgeon, verdict, is_silent
-- param     as_of  date  2026-11-23  the day
-- after     worklist/open_fresh
insert into worklist_count
select $as_of, clinic_id, surgeon, verdict, coalesce(rule = 'no_recent_reading', false), count(*)
from fresh_line
group by all
