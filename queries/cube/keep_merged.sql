-- question  Add the cube's rows up, to put one in the place of many.
-- grain     clinic_id, age_from, instrument, week, value
create or replace temp table cube_merged as
select clinic_id, age_from, instrument, week, value, sum(scores)::bigint as scores, sum(courses)::bigint as courses
from score_cube
group by clinic_id, age_from, instrument, week, value
having sum(scores) <> 0 or sum(courses) <> 0
order by all
