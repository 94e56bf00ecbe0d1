-- question  How can a goal stand, in which order?
-- grain     status
-- column    status  varchar  as stored
-- column    label   varchar  in words
-- column    mark    varchar  as a mark
-- missing   never: there are four
-- source    data/reference/goal_status.csv
select status, label, mark
from goal_status
order by position
