-- question  Keep the band that was tabulated for one curve, with the range that a patient may be told.
-- grain     timeline_version, instrument, day, baseline
-- param     timeline_version  varchar  kyphoplasty-2026.1  the version of the timeline
-- param     instrument        varchar  nrs_back            instrument code
-- source    Range told: p10 to p90, from told_from_day at most max(told_least_cap, largest whole number <= share x baseline)
insert into expected_band
select
    $timeline_version,
    $instrument,
    b.day,
    b.baseline,
    b.mean,
    b.p05,
    b.p10,
    b.p25,
    b.p50,
    b.p75,
    b.p90,
    b.p95,
    b.p10,
    case
        when $instrument = (select p.primary_instrument from timeline_version v join pathway p using (pathway) where v.timeline_version = $timeline_version)
            and b.day >= (select value from threshold t where t.timeline_version = $timeline_version and threshold = 'told_from_day')
        then least(b.p90, greatest(
            (select value from threshold t where t.timeline_version = $timeline_version and threshold = 'told_least_cap'),
            floor((select value from threshold t where t.timeline_version = $timeline_version and threshold = 'told_share') * b.baseline)))
        else b.p90
    end,
    b.cumulative
from band b
