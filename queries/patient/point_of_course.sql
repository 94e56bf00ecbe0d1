-- question  Where does each score of a course stand against what was expected on its day, and is it drawn?
-- grain     score_id
-- param     as_of       date     2026-11-23  what is known on this day
-- param     episode_id  varchar  demo-0001   the course
-- param     low         double   -30         first day of the axis; null for all
-- param     high        double   365         last day of the axis; null for all
-- param     flagged     varchar  ''          ids of the facts behind the verdict, with a comma between
-- param     verdict     varchar  slower      the verdict
-- param     points      integer  900         most scores drawn, about
-- uses      patient/axis_of_course as axis
-- uses      patient/score_of_course as course_score
-- uses      patient/panel_of_course as panel
-- uses      status/course_as_of as course
-- uses      status/visit_by_course as visit
-- column    score_id       varchar    the score
-- column    instrument     varchar    the panel
-- column    at_day         double     days after the procedure
-- column    day            integer    date minus day 0
-- column    taken_on       date       the clinic's date
-- column    local_at       timestamp  the clinic's time, where given
-- column    value          double     in the instrument's unit; null unless done
-- column    status         varchar    done, unable, not_tried or refused
-- column    stretch        bigint     visits missed so far: the line breaks where this changes
-- column    state          varchar    the verdict where this score is behind it
-- column    is_latest      boolean    the last done score of its panel
-- column    p10            double     8 in 10 people are between this …
-- column    p25            double     half of people are between this …
-- column    p50            double     the middle, or the mean
-- column    p75            double     … and this
-- column    p90            double     … and this
-- column    share_up_to    double     share of people expected at this value or below
-- column    is_drawn       boolean    false: left out of the chart, kept in the table
-- missing   expected columns are null outside the band
-- source    About $points scores are drawn: lowest and highest of each stretch of equal count, and every flagged one
with placed as (
    select
        s.*,
        (select count(*) from visit v where v.state = 'missed' and v.target_day < s.at_day) as stretch,
        list_contains(string_split($flagged, ','), s.score_id) as is_flagged,
        s.status = 'done' and row_number() over (
            partition by s.instrument, s.status = 'done' order by s.at_day desc, s.score_id desc
        ) = 1 as is_latest,
        count(*) over (partition by s.instrument) as panel_count,
        row_number() over (partition by s.instrument order by s.at_day, s.score_id) as position,
        (select $points // greatest(count(*), 1) from panel) as allowed
    from course_score s
    join axis a on s.at_day between a.low and a.high
),

thinned as (
    select
        *,
        panel_count <= allowed
            or is_flagged
            or is_latest
            or row_number() over (lowest) = 1
            or row_number() over (highest) = 1 as is_drawn
    from placed
    window
        lowest as (partition by instrument, position * allowed // (2 * panel_count) order by value, at_day),
        highest as (partition by instrument, position * allowed // (2 * panel_count) order by value desc, at_day)
)

select
    t.score_id, t.instrument, t.at_day, t.day, t.taken_on, t.local_at, t.value, t.status, t.stretch,
    case when t.is_flagged then $verdict end as state,
    t.is_latest,
    b.p10, b.p25, coalesce(b.p50, b.mean) as p50, b.p75, b.p90,
    b.cumulative[(t.value - i.minimum)::integer + 1] as share_up_to,
    t.is_drawn
from thinned t
join axis a on true
join instrument i on i.instrument = t.instrument
join panel p on p.instrument = t.instrument
left join expected_band b
    on b.timeline_version = a.timeline_version and b.instrument = t.instrument and b.day = t.day
    and b.baseline = p.band_baseline and t.at_day > 0
order by t.instrument, t.at_day, t.score_id
