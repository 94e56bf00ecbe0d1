-- question  Nobody has anything in the cube: all of it is to be made anew.
-- grain     none: of each course what the cube counts
create or replace temp table cube_before as
select clinic_id, age, primary_instrument, daily_values
from episode_summary
limit 0
