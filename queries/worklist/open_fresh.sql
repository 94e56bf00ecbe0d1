-- question  Room for the lines of a day while they are worked out, in a connection of their own.
-- grain     episode_id
create or replace temp table fresh_line as
select * exclude (as_of, place, turn)
from worklist_line
limit 0
