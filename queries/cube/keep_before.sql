-- question  Keep what the touched patients have in the cube, before their summary is made anew.
-- grain     clinic_id, age_from, instrument, week, value
-- uses      cube/cell_of_touched as cell
-- after     cube/open_before
insert into cube_before
from cell
