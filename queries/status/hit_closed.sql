-- question  Which courses are closed as of a date, and why?
-- grain     episode_id, as_of, rule
-- param     as_of       date     2026-11-23  what is known on this day
-- param     episode_id  varchar  null        one course, or null for all
-- uses      status/course_as_of as course
-- column    episode_id  varchar    the course
-- column    as_of       date       which day is today
-- column    rule        varchar    a rule of data/reference/flag_rule.csv
-- column    since_on    date       when it began to hold
-- column    words       varchar[]  what its sentence is filled with
-- column    fact_ids    varchar[]  the facts behind it
-- missing   no row: the rule doesn't hold
-- source    Verdict rule closed: died, withdrew, or the follow-up ended
select
    episode_id,
    as_of,
    'died' as rule,
    died_on as since_on,
    [strftime(died_on, '%-d %b %Y')] as words,
    []::varchar[] as fact_ids
from course
where died_on <= as_of
union all
select
    c.episode_id,
    c.as_of,
    'withdrew',
    c.withdrew_on,
    [strftime(c.withdrew_on, '%-d %b %Y')],
    [e.event_id for e in s.events if e.kind = 'withdrew' and e.happened_on = c.withdrew_on]
from course c
join episode_summary s using (episode_id)
where c.withdrew_on <= c.as_of
union all
select episode_id, as_of, 'follow_up_ended', performed_on + follow_up_days, [follow_up_days::varchar], []::varchar[]
from course
where day >= follow_up_days
order by episode_id, as_of, rule
