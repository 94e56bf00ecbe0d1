-- question  Which milestones can a comparison follow?
-- grain     milestone
-- column    milestone     varchar  its name
-- column    label         varchar  in words
-- column    expected_day  integer  usual day
-- missing   never empty
-- source    data/reference/milestone.csv; of a milestone that two timelines have, the newer one's
with newest as (
    select m.milestone, m.label, m.expected_day, m.late_day
    from milestone m
    join timeline_version v on v.timeline_version = m.timeline_version
    qualify row_number() over (partition by m.milestone order by v.published_on desc, m.timeline_version desc) = 1
)

select milestone, label, expected_day
from newest
order by expected_day, late_day, label
