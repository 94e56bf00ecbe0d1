-- question  Leave only the courses in sight whose line isn't worked out yet, in a temporary table before the summary.
-- grain     episode_id
-- after     worklist/open_fresh
create or replace temp table episode_summary as
select *
from episode_summary
where episode_id not in (select episode_id from fresh_line)
