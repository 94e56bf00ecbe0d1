-- question  Which timelines are published, newest first?
-- grain     timeline_version
-- column    timeline_version  varchar  the version
-- column    pathway           varchar  kind of procedure, in words
-- column    published_on      date     when it was published
-- column    effective_from    date     procedures from this date on are measured by it
-- column    summary           varchar  what it is
-- source    data/reference/timeline_version.csv
select
    v.timeline_version,
    p.label as pathway,
    v.published_on,
    v.effective_from,
    v.summary
from timeline_version v
join pathway p using (pathway)
order by v.published_on desc, v.timeline_version
