-- question  Which planned visits does a comparison walk along, in which order?
-- grain     visit
-- column    visit       varchar  the visit, in the strict windows
-- column    label       varchar  in words
-- column    place       integer  0 for the first, the baseline
-- column    target_day  integer  planned day after the procedure
-- column    from_day    integer  first day of the window
-- column    to_day      integer  last day of the window
-- missing   never empty
-- source    data/reference/visit_window.csv; of a visit that two timelines have, the newer one's
with newest as (
    select w.visit, w.label, w.target_day, w.from_day, w.to_day
    from visit_window w
    join timeline_version v on v.timeline_version = w.timeline_version
    where w.preset = 'strict'
    qualify row_number() over (partition by w.visit order by v.published_on desc, w.timeline_version desc) = 1
)

select
    visit,
    label,
    (row_number() over (order by target_day) - 1)::integer as place,
    target_day,
    from_day,
    to_day
from newest
order by target_day
