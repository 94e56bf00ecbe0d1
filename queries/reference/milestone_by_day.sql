-- question  When is each milestone usually reached, and how do we know?
-- grain     label
-- param     timeline_version  varchar  kyphoplasty-2026.1  the version of the timeline
-- column    label         varchar  the milestone in words
-- column    phase_words   varchar  the phase it belongs to
-- column    earliest_day  integer  earliest usual day after the procedure
-- column    expected_day  integer  usual day
-- column    late_day      integer  from this day on it is later than usual
-- column    how_known     varchar  how sure that is, in words
-- column    source        varchar  where it comes from
-- source    data/reference/milestone.csv, row by row
select
    m.label,
    m.phase_words,
    m.earliest_day,
    m.expected_day,
    m.late_day,
    w.label as how_known,
    m.source
from milestone m
join evidence_word w on w.code = m.confidence
where m.timeline_version = $timeline_version
order by m.expected_day, m.late_day, m.label
