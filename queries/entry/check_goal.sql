-- question  What is impossible or unusual about a goal that is entered?
-- grain     rule
-- param     episode_id  varchar  demo-0001   the course
-- param     fact_id     varchar  null        the row that is corrected; null for a new goal
-- param     today       date     2026-11-23  which day is today, for the clinic
-- param     moment_on   date     2026-11-30  the day on which it was set
-- param     words       varchar  null        the goal in the patient's own words
-- param     due_on      date     2026-11-01  the day on which to look at it
-- uses      entry/course_by_id as course
-- uses      entry/moment_by_rule as moment_rule
-- column    rule      varchar  a rule of data/reference/entry_rule.csv
-- column    severity  varchar  impossible refuses, unusual asks
-- column    field     varchar  the field of the form that it is about
-- column    text      varchar  the sentence
-- missing   no row: nothing to say
-- source    data/reference/entry_rule.csv
with twin as (
    select count(*) as goals
    from goal g
    join course c on c.patient_id = g.patient_id and c.episode_id = g.episode_id
    where g.retracted_at is null
        and g.goal_id is distinct from $fact_id
        and lower(trim(g.words)) = lower(trim($words))
),

hit as (
    select unnest([
        case when not c.has_procedure then {'rule': 'no_episode', 'words': []::varchar[]} end,
        case when coalesce(trim($words), '') = '' then {'rule': 'no_words', 'words': []::varchar[]} end,
        case when $due_on is null then {'rule': 'no_due', 'words': []::varchar[]} end,
        case when $due_on < $moment_on
            then {'rule': 'due_before_set', 'words': [strftime($moment_on, '%-d %b %Y')]} end,
        case when t.goals > 0 then {'rule': 'goal_twice', 'words': []::varchar[]} end
    ]) as h
    from course c
    cross join twin t
)

select
    r.rule,
    r.severity,
    r.field,
    format(r.template, w[1], w[2], w[3], w[4]) as text
from (
    select h.rule, [coalesce(h.words[i], '') for i in range(1, 5)] as w from hit where h is not null
    union all
    select rule, [coalesce(words[i], '') for i in range(1, 5)] from moment_rule
)
join entry_rule r using (rule)
order by r.severity, r.rule
