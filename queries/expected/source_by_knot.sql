-- question  Where do the knots on both sides of this day come from, and how sure are they?
-- grain     day, source
-- param     timeline_version  varchar  kyphoplasty-2026.1  the version of the timeline
-- param     instrument        varchar  nrs_back            instrument code
-- param     day               integer  42                  days after the procedure
-- column    day         integer  the knot's day
-- column    source      varchar  how the knot was made, or a publication behind it
-- column    confidence  varchar  verified, recalled, assumed …
-- source    data/reference/reference_curve.csv and reference_evidence.csv
with near as (
    select
        c.day,
        c.source,
        c.confidence
    from reference_curve c
    where c.timeline_version = $timeline_version and c.instrument = $instrument and c.day > 0
    qualify c.day = max(c.day) filter (c.day <= $day) over ()
        or c.day = min(c.day) filter (c.day >= $day) over ()
),

studies as (
    select
        e.knot_day as day,
        e.source,
        e.confidence
    from reference_evidence e
    join near n on n.day = e.knot_day
    where e.timeline_version = $timeline_version and e.instrument = $instrument
)

select
    day,
    source,
    min(confidence) as confidence
from (from near union all from studies)
group by day, source
order by day, source
