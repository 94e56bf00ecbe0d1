-- question  Which value has each threshold in each version of the timeline?
-- grain     timeline_version, threshold
-- column    timeline_version  varchar  the version
-- column    threshold         varchar  the threshold
-- column    value             double   in its own unit
-- source    data/reference/threshold.csv; a what-if puts its own file in this one's place: instead … as threshold_value
select timeline_version, threshold, value
from threshold
order by timeline_version, threshold
