-- question  What is impossible or unusual about a milestone that is entered?
-- grain     rule
-- param     episode_id  varchar    demo-0001   the course
-- param     fact_id     varchar    null        the record that is corrected; null for a new one
-- param     today       date       2026-11-23  which day is today, for the clinic
-- param     moment_on   date       2026-11-30  the day given
-- param     moment_at   timestamp  null        UTC, where a time was given
-- param     milestone   varchar    driving     the milestone
-- param     status      varchar    achieved    one of data/reference/milestone_status.csv
-- uses      entry/course_by_id as course
-- uses      entry/moment_by_rule as moment_rule
-- column    rule      varchar  a rule of data/reference/entry_rule.csv
-- column    severity  varchar  impossible refuses, unusual asks
-- column    field     varchar  the field of the form that it is about
-- column    text      varchar  the sentence
-- missing   no row: nothing to say
-- source    data/reference/entry_rule.csv; earliest days are those of the course's own timeline
with given as (
    select c.*, m.label, m.earliest_day, m.milestone as known_milestone, t.status as known_status
    from course c
    left join milestone m on m.timeline_version = c.timeline_version and m.milestone = $milestone
    left join milestone_status t on t.status = $status
),

earlier as (
    select e.*
    from milestone_event e
    join given g on g.patient_id = e.patient_id and g.episode_id = e.episode_id
    where e.retracted_at is null and e.milestone = $milestone and e.milestone_event_id is distinct from $fact_id
),

reached as (
    select min(happened_on) as happened_on
    from earlier
    where status = 'achieved' and happened_on < $moment_on::date
),

twin as (
    select count(*) as records
    from earlier
    where happened_on = $moment_on::date and happened_at is not distinct from $moment_at::timestamp
),

hit as (
    select unnest([
        case when not g.has_procedure then {'rule': 'no_episode', 'words': []::varchar[]} end,
        case when g.known_milestone is null then {'rule': 'no_milestone', 'words': []::varchar[]} end,
        case when g.known_status is null then {'rule': 'no_milestone_status', 'words': []::varchar[]} end,
        case when t.records > 0 then {'rule': 'milestone_twice', 'words': [g.label]} end,
        case when g.known_status = 'achieved' and $moment_on::date < g.performed_on
            then {'rule': 'reached_before', 'words': [g.label]} end,
        case when g.known_status = 'achieved'
                and $moment_on::date between g.performed_on and g.performed_on + g.earliest_day - 1
            then {
                'rule': 'reached_early',
                'words': [g.label, ($moment_on::date - g.performed_on)::varchar, g.earliest_day::varchar]
            } end,
        case when g.known_status in ('not_yet', 'unable') and r.happened_on is not null
            then {'rule': 'reached_then_lost', 'words': [g.label, strftime(r.happened_on, '%-d %b %Y')]} end
    ]) as h
    from given g
    cross join reached r
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
