-- question  Which courses have an open red-flag event as of a date?
-- grain     episode_id, as_of, rule
-- param     as_of       date     2026-11-23  what is known on this day
-- param     episode_id  varchar  null        one course, or null for all
-- uses      status/course_as_of as course
-- uses      status/open_red_flag as open_flag
-- column    episode_id  varchar    the course
-- column    as_of       date       which day is today
-- column    rule        varchar    a rule of data/reference/flag_rule.csv
-- column    since_on    date       when it began to hold
-- column    words       varchar[]  what its sentence is filled with
-- column    fact_ids    varchar[]  the facts behind it
-- missing   no row: the rule doesn't hold
-- source    Verdict rule red_flag; the newest of several is told first
select
    f.episode_id,
    f.as_of,
    'red_flag_event' as rule,
    max(f.happened_on) as since_on,
    [
        string_agg(f.label, ', ' order by f.happened_on desc, f.event_id),
        string_agg((f.happened_on - c.performed_on)::varchar, ', ' order by f.happened_on desc, f.event_id)
    ] as words,
    list(f.event_id order by f.happened_on, f.event_id) as fact_ids
from open_flag f
join course c using (episode_id, as_of)
group by f.episode_id, f.as_of
order by f.episode_id, f.as_of
