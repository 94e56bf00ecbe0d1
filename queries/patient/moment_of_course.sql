-- question  Between which moments can a course be compared: its baseline, the visits received, every date with a score?
-- grain     moment
-- param     as_of       date     2026-11-23  what is known on this day
-- param     episode_id  varchar  demo-0001   the course
-- param     low         double   null        first day of the axis; null for all
-- param     high        double   null        last day of the axis; null for all
-- uses      patient/axis_of_course as axis
-- uses      patient/score_of_course as course_score
-- column    moment      varchar  baseline, visit:NAME, latest or date:DAY
-- column    kind        varchar  baseline, visit, latest or date
-- column    label       varchar  in words, with its date
-- column    said        varchar  the same in a sentence
-- column    from_day    integer  first day that counts
-- column    to_day      integer  last day that counts
-- column    target_day  integer  of several scores the nearest to this day counts
-- column    on_date     date     its date: of a visit, the score nearest to its day
-- column    position    bigint   baseline, visits and latest first, then every date
-- missing   no row: no score
-- source    Strict windows, one record a window: nearest to target, earlier on ties; baseline: the last done score before the procedure
with before as (
    select
        'baseline' as moment, 'baseline' as kind, 'Baseline' as label, 'baseline' as said,
        -any_value(t.value)::integer as from_day, 0 as to_day, 0 as target_day,
        coalesce(
            max(s.taken_on) filter (where s.score_id = a.baseline_score_id), max(s.taken_on)
        ) as on_date
    from axis a
    join threshold t on t.timeline_version = a.timeline_version and t.threshold = 'baseline_window_days'
    join course_score s on s.is_before and s.status = 'done' and s.day >= -t.value
    having count(*) > 0
),

visit as (
    select
        'visit:' || w.visit as moment, 'visit' as kind, w.label, lower(w.label) as said,
        w.from_day, w.to_day, w.target_day,
        arg_min(s.taken_on, abs(s.day - w.target_day) + s.day / 10000.0) as on_date
    from axis a
    join visit_window w on w.timeline_version = a.timeline_version and w.preset = 'strict' and w.visit <> 'baseline'
    join course_score s on not s.is_before and s.day between w.from_day and w.to_day
    group by all
),

dated as (
    select
        'date:' || taken_on as moment, 'date' as kind, null as label, 'day ' || day as said,
        day as from_day, day as to_day, day as target_day, taken_on as on_date
    from course_score
    group by taken_on, day
),

latest as (
    select
        'latest' as moment, 'latest' as kind, 'Latest' as label, 'the latest' as said,
        min(day) as from_day, max(day) as to_day, max(day) as target_day, max(taken_on) as on_date
    from course_score
    having count(*) > 0
),

moment as (
    from before
    union all by name
    from visit
    union all by name
    from dated
    union all by name
    from latest
)

select
    m.moment,
    m.kind,
    concat_ws(' · ', m.label, 'day ' || replace((m.on_date - a.zero_on)::varchar, '-', '−'), strftime(m.on_date, '%-d %b %Y'))
        as label,
    m.said,
    m.from_day, m.to_day, m.target_day, m.on_date,
    row_number() over (order by m.kind = 'date', m.kind = 'latest', m.target_day, m.moment) as position
from moment m
join axis a on true
order by position
