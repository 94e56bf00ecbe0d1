-- question  What is expected of a course in each panel, on the days on which it changes?
-- grain     instrument, day
-- param     as_of       date     2026-11-23  what is known on this day
-- param     episode_id  varchar  demo-0001   the course
-- param     low         double   -30         first day of the axis; null for all
-- param     high        double   365         last day of the axis; null for all
-- uses      patient/axis_of_course as axis
-- uses      patient/score_of_course as course_score
-- uses      patient/panel_of_course as panel
-- column    instrument  varchar  the panel
-- column    day         integer  from this day
-- column    is_last     boolean  the last day drawn, of several: the words stand here
-- column    reference   varchar  band or mean_only
-- column    is_stepped  boolean  whole numbers that hold until the next row; otherwise a curve through the rows
-- column    p10         double   8 in 10 people are between this …
-- column    p25         double   half of people are between this …
-- column    p50         double   the middle, or the mean where only that is known
-- column    p75         double   … and this
-- column    p90         double   … and this
-- column    told        double   the highest value that a patient is told to expect; null before its first day
-- column    mean        double   in the instrument's unit
-- missing   no row: no reference for this instrument, or outside its days
-- source    Quantiles of a whole-number scale are whole numbers: stepped, not smoothed; curves are sampled evenly in log(1 + day)
with expected as (
    select
        p.instrument,
        b.day,
        p.reference,
        p.reference = 'band' and i.is_integer and p.is_primary as is_stepped,
        b.mean,
        b.p10, b.p25, coalesce(b.p50, b.mean) as p50, b.p75, b.p90,
        case when p.is_primary and b.day >= t.value then b.told_high end as told,
        row_number() over (partition by p.instrument order by b.day) = 1 as is_first,
        row_number() over (partition by p.instrument order by b.day desc) = 1 as is_last
    from axis a
    join panel p on p.reference <> 'none'
    join instrument i on i.instrument = p.instrument
    join expected_band b
        on b.timeline_version = a.timeline_version and b.instrument = p.instrument and b.baseline = p.band_baseline
    left join threshold t on t.timeline_version = a.timeline_version and t.threshold = 'told_from_day'
    where b.day between a.low and a.high
),

compared as (
    select
        *,
        row(p10, p25, p50, p75, p90, told) is distinct from
            lag(row(p10, p25, p50, p75, p90, told)) over (partition by instrument order by day) as has_changed,
        floor(8 * ln(1 + day))
            > lag(floor(8 * ln(1 + day))) over (partition by instrument order by day) as is_next_sample
    from expected
)

select instrument, day, is_last and not is_first as is_last, reference, is_stepped, p10, p25, p50, p75, p90, told, mean
from compared
where
    is_first
    or is_last
    or is_stepped and has_changed
    or not is_stepped and is_next_sample
order by instrument, day
