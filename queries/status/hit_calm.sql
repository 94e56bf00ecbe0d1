-- question  Which courses are ahead, and how does the latest score stand against the band?
-- grain     episode_id, as_of, rule
-- param     as_of       date     2026-11-23  what is known on this day
-- param     episode_id  varchar  null        one course, or null for all
-- uses      status/asked as asked
-- uses      status/threshold_by_version as threshold_row
-- uses      status/course_as_of as course
-- uses      status/reading_by_bin as reading
-- uses      status/milestone_by_course as milestone_state
-- column    episode_id  varchar    the course
-- column    as_of       date       which day is today
-- column    rule        varchar    a rule of data/reference/flag_rule.csv
-- column    since_on    date       when it began to hold
-- column    words       varchar[]  what its sentence is filled with
-- column    fact_ids    varchar[]  the facts behind it
-- missing   no row: the rule doesn't hold
-- source    Verdict rules ahead and on_course
with last_two as (
    select
        episode_id,
        as_of,
        count(*) as readings,
        bool_and(coalesce(value <= p25 and is_mic, false)) as is_good,
        max(taken_on) as since_on,
        list(said order by position) as said,
        max(day)::varchar as last_day,
        flatten(list(score_ids order by position)) as fact_ids
    from reading
    where latest <= 2
    group by episode_id, as_of
),

late as (
    select distinct episode_id, as_of
    from milestone_state
    where state = 'late'
),

last_value as (
    select q.episode_id, q.as_of, list_last([v for v in s.daily_values if v.taken_on <= q.as_of and v.day >= 0]) as v
    from asked q
    join episode_summary s using (episode_id)
),

judged as (
    select
        l.episode_id,
        l.as_of,
        l.v.value as pain,
        l.v.day as day,
        l.v.taken_on as taken_on,
        l.v.score_id as score_id,
        b.p10,
        b.p50,
        b.p90
    from last_value l
    join course c using (episode_id, as_of)
    left join expected_band b
        on b.timeline_version = c.timeline_version
        and b.instrument = c.primary_instrument
        and b.day = l.v.day
        and b.baseline = c.band_baseline
    where l.v is not null
)

select
    l.episode_id,
    l.as_of,
    'ahead_of_range' as rule,
    l.since_on,
    [l.said[1], l.said[2], printf('%g', c.baseline)] as words,
    l.fact_ids
from last_two l
join course c using (episode_id, as_of)
join threshold_row t using (timeline_version)
where l.readings = 2
    and l.is_good
    and c.day >= t.ahead_from_day
    and not exists (select 1 from late where late.episode_id = l.episode_id and late.as_of = l.as_of)
union all
select
    episode_id,
    as_of,
    case when p90 is null then 'latest_score_unjudged' when pain > p90 then 'above_range' else 'within_range' end,
    taken_on,
    [printf('%g', pain), day::varchar, printf('%g', p10), printf('%g', p90), printf('%g', p50)],
    [score_id]
from judged
order by episode_id, as_of, rule
