-- question  How many visits are in each state, visit by visit, as blocks of a bar?
-- grain     visit, state
-- param     clinic_id  varchar  null  one clinic, or null for all
-- frame     counted  clinic_id varchar, visit varchar, label varchar, target_day integer, state varchar, visits bigint
-- column    visit        varchar  the visit
-- column    label        varchar  in words
-- column    target_day   integer  planned day after the procedure
-- column    state        varchar  one of data/reference/visit_state.csv
-- column    turn         integer  order within the bar
-- column    state_label  varchar  in words
-- column    mark         varchar  its shape
-- column    visits       bigint   visits in this state
-- column    in_all       bigint   visits in any state
-- column    low          double   where the block begins: share of the bar, 0 to 1
-- column    high         double   where it ends
-- column    words        varchar  number and state
-- missing   no row: none in that state
with summed as (
    select visit, any_value(label) as label, min(target_day) as target_day, state, sum(visits)::bigint as visits
    from counted
    where $clinic_id::varchar is null or clinic_id = $clinic_id
    group by visit, state
),

placed as (
    select
        s.*, n.turn, n.label as state_label, n.mark,
        sum(s.visits) over (partition by s.visit) as in_all,
        sum(s.visits) over (partition by s.visit order by n.turn) as up_to
    from summed s
    join visit_state n using (state)
)

select
    visit, label, target_day, state, turn, state_label, mark, visits,
    in_all::bigint as in_all,
    (up_to - visits) / in_all as low,
    up_to / in_all as high,
    format('{:,} {}', visits, state_label) as words
from placed
order by target_day, turn
