-- question  Which instruments have a panel in a course's chart, and what is their reference?
-- grain     instrument
-- param     as_of       date     2026-11-23  what is known on this day
-- param     episode_id  varchar  demo-0001   the course
-- param     low         double   -30         first day of the axis; null for all
-- param     high        double   365         last day of the axis; null for all
-- uses      patient/axis_of_course as axis
-- uses      patient/score_of_course as course_score
-- column    instrument     varchar  the panel
-- column    label          varchar  its title, with a unit of length or time
-- column    short_label    varchar  its name
-- column    minimum        double   lowest value drawn
-- column    maximum        double   highest value drawn
-- column    direction      varchar  lower_better or higher_better
-- column    unit           varchar  of the values
-- column    best_words     varchar  said at the better end
-- column    worst_words    varchar  said at the worse end
-- column    is_primary     boolean  the instrument of the verdict
-- column    acceptable     double   limit of the acceptable state; primary instrument only
-- column    reference      varchar  band, mean_only, or none
-- column    band_baseline  double   the baseline of the band: the patient's, or the reference patient's
-- column    is_own_baseline  boolean  false: reference patient
-- column    scores         bigint   done scores known as of the date
-- missing   the primary instrument is always there after a procedure, others only with a score
-- source    Mobility tests are drawn up to the next round number: their range is only a limit of plausibility
with scored as (
    select
        instrument,
        count(*) filter (where status = 'done') as scores,
        max(s.value) as highest,
        last(s.value order by taken_on, taken_at nulls first)
            filter (where is_before and status = 'done' and day >= -t.value) as baseline
    from course_score s
    join axis a on true
    left join threshold t on t.timeline_version = a.timeline_version and t.threshold = 'baseline_window_days'
    group by instrument
)

select
    i.instrument,
    i.label || case when i.unit in ('s', 'm', 'm/s') then ', ' || i.unit else '' end as label,
    i.short_label,
    i.minimum,
    case when i.domain = 'mobility' and s.highest > 0
        then least(i.maximum, ceil(s.highest / pow(10, floor(log10(s.highest)))) * pow(10, floor(log10(s.highest))))
        else i.maximum
    end as maximum,
    i.direction,
    i.unit,
    i.best_words,
    i.worst_words,
    i.instrument = a.primary_instrument as is_primary,
    case when i.instrument = a.primary_instrument then t.value end as acceptable,
    case
        when r.instrument is null then 'none'
        when r.distribution = 'mean_only' then 'mean_only'
        else 'band'
    end as reference,
    case
        when r.distribution = 'mean_only' then r.reference_baseline
        when i.instrument = a.primary_instrument then coalesce(round(a.baseline), r.reference_baseline)
        else coalesce(round(s.baseline), r.reference_baseline)
    end as band_baseline,
    case when i.instrument = a.primary_instrument then a.baseline else s.baseline end is not null as is_own_baseline,
    coalesce(s.scores, 0) as scores
from axis a
join instrument i on true
left join scored s on s.instrument = i.instrument
left join reference_set r on r.timeline_version = a.timeline_version and r.instrument = i.instrument
left join threshold t on t.timeline_version = a.timeline_version and t.threshold = 'acceptable_pain'
where s.instrument is not null or i.instrument = a.primary_instrument and a.has_procedure
order by i.instrument <> a.primary_instrument, i.panel_order
