-- question  In which middle half is the reference patient expected at each visit?
-- grain     visit
-- param     instrument        varchar  nrs_back            instrument code
-- param     timeline_version  varchar  kyphoplasty-2026.1  the version of the timeline
-- uses      compare/visit_by_place as stop
-- column    visit     varchar  the visit
-- column    place     integer  its place
-- column    low       double   25th centile, in the instrument's unit
-- column    mid       double   the middle
-- column    high      double   75th centile
-- column    baseline  double   score before of the reference patient
-- missing   no row: no spread is published for this instrument, or the visit lies outside the curve
-- source    Calculated from data/reference/reference_curve.csv by plumbline/expected.py
select t.visit, t.place, b.p25 as low, b.p50 as mid, b.p75 as high, b.baseline
from expected_band b
join reference_set r
    on r.timeline_version = b.timeline_version and r.instrument = b.instrument and r.reference_baseline = b.baseline
join stop t on t.target_day = b.day
where b.instrument = $instrument and b.timeline_version = $timeline_version and b.p25 is not null
order by t.place
