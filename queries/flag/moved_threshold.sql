-- question  Which value would each threshold have if one of them were moved?
-- grain     timeline_version, threshold
-- param     threshold  varchar  new_problem_rise  the one that is moved, in every version
-- param     value      double   3                 where to, in its own unit
-- column    timeline_version  varchar  the version
-- column    threshold         varchar  the threshold
-- column    value             double   in its own unit
-- source    A what-if: nothing is changed in data/reference/threshold.csv
select
    timeline_version,
    threshold,
    case when threshold = $threshold then $value else value end as value
from threshold
order by timeline_version, threshold
