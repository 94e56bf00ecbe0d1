-- question  How complete is each visit: answers received of those due, and how many can still be had?
-- grain     visit
-- param     clinic_id  varchar  null  one clinic, or null for all
-- frame     counted  clinic_id varchar, visit varchar, label varchar, target_day integer, state varchar, visits bigint, open_visits bigint, closing bigint
-- column    visit        varchar  the visit
-- column    label        varchar  in words
-- column    received     bigint   answers received
-- column    due          bigint   received, late and missed
-- column    words        varchar  the share with its denominator
-- column    late         bigint   past the planned day, still open
-- column    missed       bigint   closed with nothing
-- column    open_visits  bigint   answers that can still be had
-- column    is_thin      boolean  under the share that is compared
-- missing   no row: nobody has that visit
-- source    call_value.csv (thin_share)
with summed as (
    select
        c.visit,
        any_value(c.label)::varchar as label,
        min(c.target_day) as target_day,
        coalesce(sum(c.visits) filter (where c.state = 'received'), 0)::bigint as received,
        coalesce(sum(c.visits) filter (where n.is_due), 0)::bigint as due,
        coalesce(sum(c.visits) filter (where c.state = 'late'), 0)::bigint as late,
        coalesce(sum(c.visits) filter (where c.state = 'missed'), 0)::bigint as missed,
        sum(c.open_visits)::bigint as open_visits
    from counted c
    join visit_state n on n.state = c.state::varchar
    where $clinic_id::varchar is null or c.clinic_id = $clinic_id
    group by c.visit
)

select
    s.visit::varchar as visit,
    s.label,
    s.received,
    s.due,
    case when s.due > 0 then format('{:.0f}% of {:,}', 100.0 * s.received / s.due, s.due) else 'none due yet' end as words,
    s.late,
    s.missed,
    s.open_visits,
    coalesce(s.received < t.value * s.due, false) as is_thin
from summed s
join call_value t on t.name = 'thin_share'
order by s.target_day
