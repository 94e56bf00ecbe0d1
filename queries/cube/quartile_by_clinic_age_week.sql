-- question  How high were the daily values in each week after the procedure, by clinic and age: median and quartiles?
-- grain     clinic_id, age_from, week
-- param     clinics     varchar[]  null        the clinics that may be seen, or null for all
-- param     instrument  varchar    'nrs_back'  the primary instrument of the courses
-- column    clinic_id   varchar  the clinic
-- column    age_from    integer  age on day 0 in steps of ten years, by the first of them
-- column    week        integer  from 0, which is days 0 to 6
-- column    courses     bigint   how many courses have a daily value in it
-- column    scores      bigint   how many daily values there are
-- column    q25         double   the least value that a quarter is at or below, in the instrument's unit
-- column    median      double   the same of half
-- column    q75         double   the same of three quarters
-- missing   no row: no daily value in the week; age_from is null where the age isn't known
-- source    The cube, which every write keeps true; the quartiles are those of DuckDB's quantile_disc
with cell as (
    select clinic_id, age_from, week, value, sum(scores) as scores, sum(courses) as courses
    from score_cube
    where instrument = $instrument
        and ($clinics::varchar[] is null or list_contains($clinics::varchar[], clinic_id))
    group by clinic_id, age_from, week, value
    having sum(scores) > 0 or sum(courses) > 0
),

stacked as (
    select
        clinic_id,
        age_from,
        week,
        value,
        courses,
        sum(scores) over (partition by clinic_id, age_from, week order by value) as up_to,
        sum(scores) over (partition by clinic_id, age_from, week) as scores
    from cell
)

select
    clinic_id,
    age_from,
    week,
    sum(courses)::bigint as courses,
    any_value(scores)::bigint as scores,
    min(value) filter (where 4 * up_to >= scores) as q25,
    min(value) filter (where 2 * up_to >= scores) as median,
    min(value) filter (where 4 * up_to >= scores * 3) as q75
from stacked
group by clinic_id, age_from, week
order by clinic_id, age_from, week
