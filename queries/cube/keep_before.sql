-- question  Keep what the touched patients have in the cube, before their summary is made anew.
-- grain     none: of each course what the cube counts
-- after     summary/touched_all
create or replace temp table cube_before as
select clinic_id, age, primary_instrument, daily_values
from episode_summary
where performed_on is not null and patient_id in (select patient_id from touched)
