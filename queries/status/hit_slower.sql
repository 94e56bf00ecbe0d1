-- question  Which courses are slower than expected as of a date?
-- grain     episode_id, as_of, rule
-- param     as_of       date     2026-11-23  what is known on this day
-- param     episode_id  varchar  null        one course, or null for all
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
-- source    Verdict rule slower; a milestone never asked about is not late
with last_two as (
    select
        episode_id,
        as_of,
        count(*) as readings,
        bool_and(value > p90) as both_above,
        bool_and(p90 is not null) as both_judged,
        min(value) as least,
        max(taken_on) as since_on,
        list(said order by position) as said,
        max(day)::varchar as last_day,
        list(printf('%g', p90) order by position) as tops,
        flatten(list(score_ids order by position)) as fact_ids
    from reading
    where latest <= 2
    group by episode_id, as_of
),

late as (
    select
        episode_id,
        as_of,
        count(*) as late_count,
        list(late_since order by late_since) as late_on,
        string_agg(label, ', ' order by expected_day, label) as labels,
        flatten(list(fact_ids order by late_since, expected_day, label)) as fact_ids
    from milestone_state
    where state = 'late'
    group by episode_id, as_of
)

select
    l.episode_id,
    l.as_of,
    'above_90' as rule,
    l.since_on,
    [
        l.said[1],
        l.said[2],
        case when l.tops[1] = l.tops[2] then l.tops[1] else concat_ws(', then ', l.tops[1], l.tops[2]) end
    ] as words,
    l.fact_ids
from last_two l
join course c using (episode_id, as_of)
join threshold_row t using (timeline_version)
where l.readings = 2 and l.both_judged and l.both_above and c.day >= t.slower_from_day
union all
select
    l.episode_id,
    l.as_of,
    'little_relief',
    l.since_on,
    [l.said[1], l.said[2], printf('%g', c.baseline), l.last_day],
    l.fact_ids
from last_two l
join course c using (episode_id, as_of)
join threshold_row t using (timeline_version)
where l.readings = 2
    and c.day >= t.little_relief_from_day
    and l.least >= t.little_relief_level
    and c.baseline - l.least < t.little_relief_fall * c.baseline
union all
select
    l.episode_id,
    l.as_of,
    'milestones_late',
    l.late_on[t.late_milestones::integer],
    [l.late_count::varchar, l.labels],
    l.fact_ids
from late l
join course c using (episode_id, as_of)
join threshold_row t using (timeline_version)
where l.late_count >= t.late_milestones
order by episode_id, as_of, rule
