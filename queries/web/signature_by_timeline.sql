-- question  Which timelines has a clinician signed off?
-- grain     timeline_version
-- column    timeline_version  varchar  the version of the timeline
-- column    reviewed_by       varchar  the clinician who signed it
-- missing   reviewed_by is null: nobody has signed it yet
-- source    data/reference/timeline_version.csv
select
    timeline_version,
    reviewed_by
from timeline_version
order by timeline_version
