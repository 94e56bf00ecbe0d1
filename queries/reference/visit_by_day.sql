-- question  When are the visits, and which days count for each?
-- grain     label
-- param     timeline_version  varchar  kyphoplasty-2026.1  the version of the timeline
-- column    label        varchar  the visit in words
-- column    target_day   integer  the day it is planned for; negative is before the procedure
-- column    from_day     integer  first day that counts
-- column    to_day       integer  last day that counts
-- column    loose_words  varchar  days that count in the loose preset
-- column    how_known    varchar  how sure that is, in words
-- column    source       varchar  where it comes from
-- missing   loose_words is null where the version has no loose preset
-- source    data/reference/visit_window.csv: the strict preset is the one in use
select
    s.label,
    s.target_day,
    s.from_day,
    s.to_day,
    l.from_day || ' to ' || l.to_day as loose_words,
    w.label as how_known,
    s.source
from visit_window s
left join visit_window l on l.timeline_version = s.timeline_version and l.visit = s.visit and l.preset = 'loose'
join evidence_word w on w.code = s.confidence
where s.timeline_version = $timeline_version and s.preset = 'strict'
order by s.target_day
