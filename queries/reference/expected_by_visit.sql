-- question  What is expected at each visit, for a baseline?
-- grain     day
-- param     timeline_version  varchar  kyphoplasty-2026.1  the version of the timeline
-- param     instrument        varchar  nrs_back            instrument code
-- param     baseline          double   8                   score before the procedure, one that is tabulated
-- column    label    varchar  the visit in words
-- column    day      integer  the day it is planned for
-- column    eight    varchar  8 in 10 people: 10th to 90th centile
-- column    half     varchar  half of people: 25th to 75th centile
-- column    middle   double   the middle, or the mean where no spread is known
-- missing   no row for visits outside the curve; eight and half are null where only the mean is known
-- source    Calculated from data/reference/reference_curve.csv by plumbline/expected.py
select
    w.label,
    b.day,
    format('{:.3g} to {:.3g}', b.p10, b.p90) as eight,
    format('{:.3g} to {:.3g}', b.p25, b.p75) as half,
    round(coalesce(b.p50, b.mean), 2) as middle
from expected_band b
join visit_window w on w.timeline_version = b.timeline_version and w.preset = 'strict' and w.target_day = b.day
where b.timeline_version = $timeline_version and b.instrument = $instrument and b.baseline = $baseline
order by b.day
