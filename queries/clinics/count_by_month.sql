-- question  By clinic, surgeon, month of the procedure and visit: how many were due, answered and did well?
-- grain     clinic_id, surgeon, month_on, visit
-- param     as_of       date     2026-11-23  which day is today, for the clinic
-- param     episode_id  varchar  null        one episode, or null for all
-- param     clinics  varchar[]  null  the clinics that may be seen, or null for all
-- uses      clinics/answer_by_visit as answer
-- column    clinic_id      varchar  the clinic
-- column    clinic         varchar  its name
-- column    surgeon        varchar  as given
-- column    month_on       date     first day of the month of the procedure
-- column    visit          varchar  the visit
-- column    label          varchar  in words
-- column    target_day     integer  planned day after the procedure
-- column    is_month_open  boolean  the window of somebody treated in that month may still be open
-- column    due            bigint   visits due, their window closed
-- column    received       bigint   answers to them
-- column    able           bigint   of those, with a score before that can improve
-- column    improved       bigint   and better by the smallest change that matters
-- column    comfortable    bigint   of those received, in the acceptable state
-- column    paired         bigint   of those received, with a score before
-- column    worse          bigint   and worse by the smallest change that matters
-- column    total          double   sum of the answers, in the instrument's unit
-- column    squares        double   sum of their squares
-- column    cubes          double   sum of their cubes
-- missing   no row: nobody's visit was due there, or no window has closed; surgeon null: not recorded
select
    a.clinic_id,
    coalesce(any_value(c.name), a.clinic_id) as clinic,
    a.surgeon,
    a.month_on,
    a.visit,
    any_value(a.label) as label,
    any_value(a.target_day) as target_day,
    bool_or(a.is_month_open) as is_month_open,
    count(*) as due,
    count(a.value) as received,
    count(a.is_improved) as able,
    count(*) filter (where a.is_improved) as improved,
    count(*) filter (where a.is_comfortable) as comfortable,
    count(a.is_worse) as paired,
    count(*) filter (where a.is_worse) as worse,
    coalesce(sum(a.value), 0)::double as total,
    coalesce(sum(a.value ** 2), 0)::double as squares,
    coalesce(sum(a.value ** 3), 0)::double as cubes
from answer a
left join clinic c on c.clinic_id = a.clinic_id and c.retracted_at is null
group by a.clinic_id, a.surgeon, a.month_on, a.visit
order by clinic, a.clinic_id, a.surgeon, a.month_on, min(a.target_day)
