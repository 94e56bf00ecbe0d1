-- question  Which change of each instrument of a course matters, and which is only measurement error?
-- grain     instrument
-- param     as_of       date     2026-11-23  what is known on this day
-- param     episode_id  varchar  demo-0001   the course
-- param     low         double   null        first day of the axis; null for all
-- param     high        double   null        last day of the axis; null for all
-- uses      patient/axis_of_course as axis
-- uses      patient/score_of_course as course_score
-- uses      patient/panel_of_course as panel
-- column    instrument    varchar  the instrument
-- column    mic_points    double   smallest change that matters, in the instrument's unit
-- column    mic_share     double   and as a share of the earlier score; both must be reached
-- column    error         double   smallest detectable change: one within it may be no change at all
-- column    mic_words     varchar  both in words
-- column    how_known     varchar  how sure that is, where it was not read in a published source
-- column    decimals      integer  of a value on the screen
-- column    change_unit   varchar  after a change, with a space in front
-- column    score_unit    varchar  after a score, with a space in front
-- missing   null where nothing is published; then nothing is judged
-- source    data/reference/meaningful_change.csv; of the primary instrument the thresholds of the episode's timeline
with limited as (
    select
        t.timeline_version,
        max(t.value) filter (where t.threshold = 'mic_points') as mic_points,
        max(t.value) filter (where t.threshold = 'mic_share') as mic_share,
        max(t.value) filter (where t.threshold = 'smallest_detectable_change') as error
    from threshold t
    join axis a using (timeline_version)
    group by t.timeline_version
),

known as (
    select
        i.instrument, i.unit, i.maximum, p.is_primary, m.confidence,
        coalesce(l.mic_points, m.mic_points) as mic_points,
        coalesce(l.mic_share, m.mic_share) as mic_share,
        coalesce(l.error, m.smallest_detectable_change) as error
    from panel p
    join instrument i on i.instrument = p.instrument
    left join meaningful_change m on m.instrument = p.instrument
    left join limited l on p.is_primary
)

select
    k.instrument,
    k.mic_points,
    k.mic_share,
    k.error,
    printf('%g', k.mic_points) || case k.unit
        when 'index' then '' when 'T-score' then ' points' when '%' then ' points' else ' ' || k.unit
    end || coalesce(' and ' || printf('%g%%', round(100 * k.mic_share)), '') as mic_words,
    case when k.confidence <> 'verified' then w.label end as how_known,
    case when k.unit in ('index', 'm/s') then 2 else 1 end as decimals,
    case k.unit when 'index' then '' when 'T-score' then ' points' when '%' then ' points' else ' ' || k.unit end
        as change_unit,
    case k.unit
        when 'index' then '' when 'T-score' then '' when 'points' then ' of ' || printf('%g', k.maximum)
        else ' ' || k.unit
    end as score_unit
from known k
left join evidence_word w on w.code = k.confidence
order by k.instrument
