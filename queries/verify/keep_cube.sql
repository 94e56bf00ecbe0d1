-- question  Keep the cube's sums as they are, to compare them with those made anew.
-- grain     clinic_id, age_from, instrument, week, value
create or replace temp table cube_kept as
select clinic_id, age_from, instrument, week, value, sum(scores) as scores, sum(courses) as courses
from score_cube
group by clinic_id, age_from, instrument, week, value
having sum(scores) <> 0 or sum(courses) <> 0
