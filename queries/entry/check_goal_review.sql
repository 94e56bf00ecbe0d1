-- question  What is impossible or unusual about the score of a goal that is entered?
-- grain     rule
-- param     episode_id  varchar  demo-0001   the course
-- param     fact_id     varchar  null        the row that is corrected; null for a new one
-- param     today       date     2026-11-23  which day is today, for the clinic
-- param     moment_on   date     2026-11-30  the day on which it was scored
-- param     goal_key    varchar  none        the goal
-- param     status      varchar  reached     one of data/reference/goal_status.csv
-- uses      entry/course_by_id as course
-- uses      entry/moment_by_rule as moment_rule
-- column    rule      varchar  a rule of data/reference/entry_rule.csv
-- column    severity  varchar  impossible refuses, unusual asks
-- column    field     varchar  the field of the form that it is about
-- column    text      varchar  the sentence
-- missing   no row: nothing to say
-- source    data/reference/entry_rule.csv
with given as (
    select c.*, g.goal_key as known_key, g.set_on, t.status as known_status
    from course c
    left join goal g
        on g.goal_key = $goal_key and g.retracted_at is null
        and g.patient_id = c.patient_id and g.episode_id = c.episode_id
    left join goal_status t on t.status = $status
),

twin as (
    select count(*) as reviews
    from goal_review r
    join given g on g.patient_id = r.patient_id
    where r.retracted_at is null
        and r.goal_review_id is distinct from $fact_id
        and r.goal_key = $goal_key
        and r.reviewed_on = $moment_on
),

hit as (
    select unnest([
        case when not g.has_procedure then {'rule': 'no_episode', 'words': []::varchar[]} end,
        case when g.known_key is null then {'rule': 'no_goal', 'words': []::varchar[]} end,
        case when g.known_status is null then {'rule': 'no_goal_status', 'words': []::varchar[]} end,
        case when $moment_on < g.set_on
            then {'rule': 'before_set', 'words': [strftime(g.set_on, '%-d %b %Y')]} end,
        case when t.reviews > 0 then {'rule': 'review_twice', 'words': []::varchar[]} end
    ]) as h
    from given g
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
