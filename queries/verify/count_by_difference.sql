-- question  Where does a worklist's day count other lines than it has?
-- grain     as_of, clinic_id, surgeon, verdict, is_silent
-- column    as_of      date     the day
-- column    clinic_id  varchar  the clinic
-- column    surgeon    varchar  the surgeon; null where none is recorded
-- column    verdict    varchar  the verdict
-- column    is_silent  boolean  nobody has heard of the patient
-- column    lines      bigint   how many the count is too high; negative: too low
-- missing   no row: counts and lines are the same
with counted as (
    select as_of, clinic_id, surgeon, verdict, is_silent, lines
    from worklist_count
    union all
    select as_of, clinic_id, surgeon, verdict, coalesce(rule = 'no_recent_reading', false), -1
    from worklist_line
)

select
    as_of,
    clinic_id,
    surgeon,
    verdict,
    is_silent,
    sum(lines)::bigint as lines
from counted
group by as_of, clinic_id, surgeon, verdict, is_silent
having sum(lines) <> 0
order by as_of, clinic_id, surgeon, verdict, is_silent
