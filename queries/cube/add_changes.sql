-- question  Add to the cube what the touched patients have in it now and had not, and take off what they had and have not.
-- grain     clinic_id, age_from, instrument, week, value
-- after     summary/touched_all
-- after     cube/open_before
-- missing   a day whose score lacks its value, which only a store changed by hand has
-- source    A week is seven days from day 0. A course is counted with its first value in the week, so that courses add up, too
with course as (
    select clinic_id, age, primary_instrument, daily_values, 1 as turn
    from episode_summary
    where performed_on is not null and patient_id in (select patient_id from touched)
    union all
    select *, -1
    from cube_before
),

valued as (
    select
        clinic_id,
        age // 10 * 10 as age_from,
        primary_instrument as instrument,
        turn,
        unnest(daily_values) as v,
        unnest(list_prepend(null, daily_values)) as before
    from course
),

changed as (
    select
        clinic_id,
        age_from,
        instrument,
        v.day // 7 as week,
        v.value as value,
        sum(turn)::bigint as scores,
        coalesce(sum(turn) filter (where v.day // 7 is distinct from before.day // 7), 0)::bigint as courses
    from valued
    where v.value is not null
    group by clinic_id, age_from, instrument, week, value
)

insert into score_cube
from changed
where scores <> 0 or courses <> 0
order by all
