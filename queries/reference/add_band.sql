-- question  Keep the band that was tabulated for one curve, with the range that a patient may be told.
-- grain     timeline_version, instrument, day, baseline
-- param     timeline_version  varchar  kyphoplasty-2026.1  the version of the timeline
-- param     instrument        varchar  nrs_back            instrument code
-- frame     band  day integer, baseline double, mean double, p05 double, p10 double, p25 double, p50 double, p75 double, p90 double, p95 double, cumulative double[]
-- source    Range told: p10 to p90, from told_from_day at most max(told_least_cap, floor(told_share x baseline))
insert into expected_band
with limits as (
    select
        coalesce(bool_or(p.primary_instrument = $instrument), false) as is_primary,
        max(t.value) filter (where t.threshold = 'told_from_day') as from_day,
        max(t.value) filter (where t.threshold = 'told_least_cap') as least_cap,
        max(t.value) filter (where t.threshold = 'told_share') as share
    from timeline_version v
    join pathway p using (pathway)
    join threshold t using (timeline_version)
    where v.timeline_version = $timeline_version
)
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
        when l.is_primary and b.day >= l.from_day
        then least(b.p90, greatest(l.least_cap, floor(l.share * b.baseline)))
        else b.p90
    end,
    b.cumulative
from band b
cross join limits l
