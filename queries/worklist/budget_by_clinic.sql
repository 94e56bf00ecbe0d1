-- question  How many amber flags may each clinic show as urgent as of a date?
-- grain     clinic_id
-- param     as_of  date  2026-11-23  a day that is worked out
-- column    clinic_id     varchar  the clinic
-- column    open_courses  bigint   courses that are not closed
-- column    amber_shown   integer  amber flags a week: open courses x the clinic's budget per 100 patient-weeks, rounded up
-- missing   no row where a clinic has no open course
-- source    clinic.amber_budget, default 5 per 100 patient-weeks
with open_course as (
    select clinic_id, sum(lines)::bigint as open_courses
    from worklist_count
    where as_of = $as_of and verdict <> 'closed'
    group by clinic_id
)

select
    o.clinic_id,
    o.open_courses,
    ceil(o.open_courses * c.amber_budget / 100)::integer as amber_shown
from open_course o
join clinic c on c.clinic_id = o.clinic_id and c.retracted_at is null
where o.open_courses > 0
order by o.clinic_id
