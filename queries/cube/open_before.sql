-- question  Room for what the touched patients have in the cube before their summary is made anew.
-- grain     clinic_id, age_from, instrument, week, value
create or replace temp table cube_before as
from score_cube
limit 0
