-- question  Put the sums into the cube, which has been emptied.
-- grain     clinic_id, age_from, instrument, week, value
-- after     cube/keep_merged
insert into score_cube
from cube_merged
