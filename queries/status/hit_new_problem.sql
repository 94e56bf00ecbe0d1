-- question  Which courses have an open rise in pain as of a date?
-- grain     episode_id, as_of, rule
-- param     as_of       date     2026-11-23  what is known on this day
-- param     episode_id  varchar  null        one course, or null for all
-- uses      status/course_as_of as course
-- uses      status/rise_by_reading as rise
-- column    episode_id  varchar    the course
-- column    as_of       date       which day is today
-- column    rule        varchar    a rule of data/reference/flag_rule.csv
-- column    since_on    date       when it began to hold
-- column    words       varchar[]  what its sentence is filled with
-- column    fact_ids    varchar[]  the facts behind it
-- missing   no row: the rule doesn't hold
-- source    Verdict rule new_problem; of several open rises of one kind the earliest is told
select
    episode_id,
    as_of,
    'rise_confirmed' as rule,
    min(raised_on) as since_on,
    arg_min(
        [said, day::varchar, printf('%g', value - earlier), printf('%g', earlier), next_said],
        bin
    ) as words,
    arg_min(score_ids, bin) as fact_ids
from rise
where is_confirmed
group by episode_id, as_of
union all
select
    episode_id,
    as_of,
    'big_rise',
    min(raised_on),
    arg_min([said, day::varchar, printf('%g', value - earlier), printf('%g', earlier)], bin),
    arg_min(score_ids, bin)
from rise
where is_big
group by episode_id, as_of
order by episode_id, as_of, rule
