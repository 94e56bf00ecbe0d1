-- question  What is wrong with the day of what is entered?
-- grain     rule
-- param     episode_id  varchar  demo-0001   the course
-- param     moment_on   date     2026-11-20  the day given
-- param     today       date     2026-11-23  which day is today, for the clinic
-- uses      entry/course_by_id as course
-- column    rule   varchar    a rule of data/reference/entry_rule.csv
-- column    words  varchar[]  what its sentence is filled with
-- missing   no row: nothing
with hit as (
    select unnest([
        case when $moment_on::date is null then {'rule': 'no_day', 'words': []::varchar[]} end,
        case when $moment_on::date > $today::date
            then {'rule': 'future', 'words': [strftime($today::date, '%-d %b %Y')]} end,
        case when $moment_on::date < c.born_from then {'rule': 'before_birth', 'words': []::varchar[]} end,
        case when $moment_on::date > c.died_on
            then {'rule': 'after_death', 'words': [strftime(c.died_on, '%-d %b %Y')]} end,
        case when $today::date - $moment_on::date > r.limit_value then {
            'rule': 'long_ago',
            'words': [strftime($moment_on::date, '%-d %b %Y'), ($today::date - $moment_on::date)::varchar]
        } end
    ]) as h
    from course c
    cross join (select limit_value from entry_rule where rule = 'long_ago') r
)

select h.rule, h.words
from hit
where h is not null
order by h.rule
