-- question  How high were the daily values in each week after the procedure: median and quartiles?
-- grain     week
-- param     clinics     varchar[]  null        the clinics that may be seen, or null for all
-- param     clinic_id   varchar    null        one of them alone, or null for all together
-- param     instrument  varchar    'nrs_back'  the primary instrument of the courses
-- column    week        integer  from 0, which is days 0 to 6
-- column    courses     bigint   how many courses have a daily value in it
-- column    scores      bigint   how many daily values there are
-- column    q25         double   the least value that a quarter is at or below, in the instrument's unit
-- column    median      double   the same of half
-- column    q75         double   the same of three quarters
-- missing   no row: no daily value in the week
-- source    The cube, which every write keeps true; the quartiles are those of DuckDB's quantile_disc
with cell as (
    select week, value, sum(scores) as scores, sum(courses) as courses
    from score_cube
    where instrument = $instrument
        and ($clinics::varchar[] is null or list_contains($clinics::varchar[], clinic_id))
        and ($clinic_id::varchar is null or clinic_id = $clinic_id)
    group by week, value
    having sum(scores) > 0 or sum(courses) > 0
),

stacked as (
    select
        week,
        value,
        courses,
        sum(scores) over (partition by week order by value) as up_to,
        sum(scores) over (partition by week) as scores
    from cell
)

select
    week,
    sum(courses)::bigint as courses,
    any_value(scores)::bigint as scores,
    min(value) filter (where 4 * up_to >= scores) as q25,
    min(value) filter (where 2 * up_to >= scores) as median,
    min(value) filter (where 4 * up_to >= scores * 3) as q75
from stacked
group by week
order by week
