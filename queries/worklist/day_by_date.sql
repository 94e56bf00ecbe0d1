-- question  Which days are worked out, and how many patients' facts have changed since?
-- grain     as_of
-- column    as_of     date     the day
-- column    is_ready  boolean  its lines are there
-- column    courses   bigint   lines when it was worked out
-- column    remade    bigint   lines made anew since
-- column    stale     bigint   patients whose facts have changed and whose lines have not yet
-- missing   no row: no day has been asked for
select
    d.as_of,
    d.is_ready,
    d.courses,
    d.remade,
    count(distinct s.patient_id) as stale
from worklist_day d
left join worklist_stale s using (as_of)
group by all
order by d.as_of
