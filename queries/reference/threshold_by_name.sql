-- question  Which numbers do the rules use?
-- grain     threshold
-- param     timeline_version  varchar  kyphoplasty-2026.1  the version of the timeline
-- column    threshold  varchar  its name
-- column    meaning    varchar  what it is, in words
-- column    value      double   the number
-- column    unit       varchar  its unit
-- column    how_known  varchar  how sure it is, in words
-- column    source     varchar  where it comes from
-- source    data/reference/threshold.csv, row by row
select
    t.threshold,
    t.meaning,
    t.value,
    t.unit,
    w.label as how_known,
    t.source
from threshold t
join evidence_word w on w.code = t.confidence
where t.timeline_version = $timeline_version
order by t.threshold
