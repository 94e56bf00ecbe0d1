-- question  Which cells of the cube have other sums than the summaries give?
-- grain     clinic_id, instrument, week
-- after     verify/keep_cube
-- column    clinic_id   varchar  the clinic
-- column    instrument  varchar  the primary instrument
-- column    week        integer  from 0, which is days 0 to 6
-- missing   no row: kept and made anew are the same
with fresh as (
    select clinic_id, age_from, instrument, week, value, sum(scores) as scores, sum(courses) as courses
    from score_cube
    group by clinic_id, age_from, instrument, week, value
    having sum(scores) <> 0 or sum(courses) <> 0
)

select distinct clinic_id, instrument, week
from (
    (from cube_kept except all from fresh)
    union all
    (from fresh except all from cube_kept)
)
order by clinic_id, instrument, week
