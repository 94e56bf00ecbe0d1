-- question  What is expected on each day after the procedure, for a baseline?
-- grain     day
-- param     timeline_version  varchar  kyphoplasty-2026.1  the version of the timeline
-- param     instrument        varchar  nrs_back            instrument code
-- param     baseline          double   8                   score before the procedure, one that is tabulated
-- column    day         integer  days after the procedure
-- column    mean        double   in the instrument's unit
-- column    p10         double   10th centile
-- column    p25         double   25th centile
-- column    p50         double   the middle
-- column    p75         double   75th centile
-- column    p90         double   90th centile
-- column    told_high   double   upper end of the range told to the patient
-- column    knot_mean   double   mean of the reference patient, on the days with a published knot
-- column    how_known   varchar  how the knot is known, in words
-- missing   centiles are null where only the mean is known; knot columns are null between the knots
-- source    Calculated from data/reference/reference_curve.csv by plumbline/expected.py
select
    b.day,
    b.mean,
    b.p10,
    b.p25,
    b.p50,
    b.p75,
    b.p90,
    b.told_high,
    c.mean as knot_mean,
    w.label as how_known
from expected_band b
left join reference_curve c using (timeline_version, instrument, day)
left join evidence_word w on w.code = if(c.sd_status = 'interpolated', c.sd_status, c.confidence)
where b.timeline_version = $timeline_version and b.instrument = $instrument and b.baseline = $baseline
order by b.day
