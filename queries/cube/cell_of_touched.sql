-- question  How many daily values of which height do the touched patients' courses have, by clinic, age and week?
-- grain     clinic_id, age_from, instrument, week, value
-- after     summary/touched_all
-- column    clinic_id   varchar  the patient's clinic
-- column    age_from    integer  age on day 0 in steps of ten years, by the first of them; null where it isn't known
-- column    instrument  varchar  the primary instrument of the course
-- column    week        integer  from 0, which is days 0 to 6
-- column    value       double   in the instrument's unit
-- column    scores      bigint   daily values
-- column    courses     bigint   of how many it is the first in the week, so that a week's sum is how many courses it has
-- missing   no row: none; a course before any procedure has no week
with valued as (
    select
        clinic_id,
        age // 10 * 10 as age_from,
        primary_instrument as instrument,
        unnest([v.day // 7 for v in daily_values]) as week,
        unnest([v.value for v in daily_values]) as value,
        unnest(list_prepend(null, [v.day // 7 for v in daily_values])[:len(daily_values)]) as week_before
    from episode_summary
    where performed_on is not null and patient_id in (select patient_id from touched)
)

select
    clinic_id,
    age_from,
    instrument,
    week,
    value,
    count(*) as scores,
    count(*) filter (where week is distinct from week_before) as courses
from valued
group by all
order by all
