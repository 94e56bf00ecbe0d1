-- question  Add to the cube what the touched patients have in it now and had not, and take off what they had and have not.
-- grain     clinic_id, age_from, instrument, week, value
-- uses      cube/cell_of_touched as cell
-- after     cube/open_before
insert into score_cube
select clinic_id, age_from, instrument, week, value, sum(scores)::bigint as scores, sum(courses)::bigint as courses
from (
    from cell
    union all
    select * replace (-scores as scores, -courses as courses)
    from cube_before
)
group by clinic_id, age_from, instrument, week, value
having sum(scores) <> 0 or sum(courses) <> 0
order by all
