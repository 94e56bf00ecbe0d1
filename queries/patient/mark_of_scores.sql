-- question  What is drawn of a course's scores, and said about each?
-- grain     id
-- param     as_of       date     2026-11-23  what is known on this day
-- param     episode_id  varchar  demo-0001   the course
-- param     low         double   -30         first day of the axis; null for all
-- param     high        double   365         last day of the axis; null for all
-- param     flagged     varchar  s-1,s-2     ids of the facts behind the verdict, with a comma between
-- param     verdict     varchar  slower      the verdict
-- param     points      integer  900         most scores drawn, about
-- uses      patient/panel_of_course as panel
-- uses      patient/point_of_course as point
-- uses      patient/mark_by_happening as happening
-- column    id              varchar    the score
-- column    panel           varchar    the instrument
-- column    layer           varchar    score, or unable where no value could be given
-- column    stretch         bigint     the line breaks where this changes
-- column    at_day          double     days after the procedure
-- column    y               double     in the instrument's unit
-- column    state           varchar    the verdict where this score is behind it
-- column    word            varchar    the value, or why there is none
-- column    short_word      varchar    the latest value of its panel
-- column    note_id         varchar    a note of the same date
-- column    is_drawn        boolean    false: in the table only
-- column    happened_on     date       the clinic's date
-- column    local_at        timestamp  the clinic's time, where given
-- column    what            varchar    the instrument in words
-- column    value_words     varchar    value and range
-- column    expected_words  varchar    the range expected on that day
-- column    standing_words  varchar    centile, in words too
-- column    note_words      varchar    title and beginning of the note of that date
-- missing   no row: no score; never 0
-- source    Centile: share of people expected at this value or below (expected_band.cumulative)
with note_of_date as (
    select happened_on, last(fact_id) as note_id, last(concat_ws(': ', coalesce(title, words), text)) as note_words
    from happening
    where kind = 'note'
    group by happened_on
),

worded as (
    select
        s.*, p.short_label,
        case when p.maximum - p.minimum <= 2 then 2 else 1 end as decimals,
        case when p.unit = 'points' then ' of ' || p.maximum::integer else ' ' || p.unit end as unit_words,
        case when p.direction = 'lower_better' then ', among the slowest' else ', among the best' end as above,
        case when p.direction = 'lower_better' then ', among the best' else ', among the slowest' end as below,
        t.label as status_words
    from point s
    join panel p using (instrument)
    left join score_status t on t.status = s.status
)

select
    w.score_id as id, w.instrument as panel,
    case when w.status = 'done' then 'score' else 'unable' end as layer,
    w.stretch, w.at_day, w.value as y, w.state,
    case
        when w.status <> 'done' then w.status_words
        else printf('%g', round(w.value, w.decimals))
    end as word,
    case when w.is_latest then printf('%g', round(w.value, w.decimals)) end as short_word,
    n.note_id, w.is_drawn, w.taken_on as happened_on, w.local_at, w.short_label as what,
    case
        when w.status <> 'done' then w.status_words
        else printf('%g', round(w.value, w.decimals)) || w.unit_words
    end as value_words,
    case
        when w.p10 is not null then printf(
            '%g to %g (8 in 10 people), middle %g',
            round(w.p10, w.decimals), round(w.p90, w.decimals), round(w.p50, w.decimals)
        )
        when w.p50 is not null then printf('mean %g', round(w.p50, w.decimals))
        else 'no reference on this day'
    end as expected_words,
    case when w.p10 is not null then 'centile ' || round(100 * w.share_up_to)::integer || case
        when w.value > w.p90 then w.above || ' 1 in 10'
        when w.value > w.p75 then w.above || ' 1 in 4'
        when w.value < w.p10 then w.below || ' 1 in 10'
        when w.value < w.p25 then w.below || ' 1 in 4'
        else ', near the middle'
    end end as standing_words,
    n.note_words
from worded w
left join note_of_date n on n.happened_on = w.taken_on
order by w.instrument, w.at_day, w.score_id
