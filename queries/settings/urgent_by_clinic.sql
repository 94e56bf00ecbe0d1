-- question  How many amber flags of each clinic are urgent as of a date, and how many would be with another budget?
-- grain     clinic_id
-- param     as_of         date       2026-11-23  a day that is worked out
-- param     amber_budget  double     8           the other budget; null is the clinic's own
-- param     clinics       varchar[]  null        the clinics that may be seen, or null for all
-- column    clinic_id      varchar  the clinic
-- column    open_courses   bigint   courses that are not closed
-- column    red_flags      bigint   red flags that nobody has answered: urgent whatever the budget
-- column    amber_flags    bigint   amber flags that nobody has answered
-- column    urgent_now     bigint   of these, urgent with the clinic's budget
-- column    urgent_then    bigint   of these, urgent with the other budget
-- missing   no row: nobody is followed at the clinic
-- source    The same count as worklist/budget_by_clinic and worklist/place_by_course
with course as (
    select clinic_id, sum(lines)::bigint as open_courses
    from worklist_count
    where as_of = $as_of
        and verdict <> 'closed'
        and ($clinics::varchar[] is null or list_contains($clinics::varchar[], clinic_id))
    group by clinic_id
),

flagged as (
    select
        clinic_id,
        count(*) filter (where verdict = 'red_flag' and not spends_budget) as red_flags,
        count(*) filter (where spends_budget) as amber_flags
    from worklist_line
    where as_of = $as_of and in_hand is null and (spends_budget or verdict = 'red_flag')
    group by clinic_id
)

select
    o.clinic_id,
    o.open_courses,
    coalesce(f.red_flags, 0) as red_flags,
    coalesce(f.amber_flags, 0) as amber_flags,
    least(coalesce(f.amber_flags, 0), ceil(o.open_courses * c.amber_budget / 100)::bigint) as urgent_now,
    least(
        coalesce(f.amber_flags, 0),
        ceil(o.open_courses * coalesce($amber_budget::double, c.amber_budget) / 100)::bigint
    ) as urgent_then
from course o
join clinic c on c.clinic_id = o.clinic_id and c.retracted_at is null
left join flagged f on f.clinic_id = o.clinic_id
where o.open_courses > 0
order by o.clinic_id
