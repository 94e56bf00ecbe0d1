-- question  What is impossible or unusual about an event that is entered?
-- grain     rule
-- param     episode_id  varchar    demo-0001   the course
-- param     fact_id     varchar    null        the event that is corrected; null for a new one
-- param     today       date       2026-11-23  which day is today, for the clinic
-- param     moment_on   date       2026-11-30  the day given
-- param     moment_at   timestamp  null        UTC, where a time was given
-- param     kind        varchar    fall        one of data/reference/event_kind.csv
-- param     level       varchar    null        the vertebra, where one is meant
-- param     detail      varchar    null        words
-- uses      entry/course_by_id as course
-- uses      entry/moment_by_rule as moment_rule
-- uses      entry/last_fact_of_person as last_fact
-- uses      entry/closing_of_event as closing
-- column    rule      varchar  a rule of data/reference/entry_rule.csv
-- column    severity  varchar  impossible refuses, unusual asks
-- column    field     varchar  the field of the form that it is about
-- column    text      varchar  the sentence
-- missing   no row: nothing to say
-- source    data/reference/entry_rule.csv; a danger sign is never asked about twice. A closing counts for what was recorded by then: what comes later must say that it is older
with given as (
    select c.*, k.label, k.closes, k.is_red_flag, k.kind as known_kind
    from course c
    left join event_kind k on k.kind = $kind
),

twin as (
    select count(*) as events
    from event e
    join given g on g.patient_id = e.patient_id and g.episode_id = e.episode_id
    where e.retracted_at is null
        and e.event_id is distinct from $fact_id
        and e.kind = $kind
        and e.happened_on = $moment_on::date
        and e.happened_at is not distinct from $moment_at::timestamp
        and e.level is not distinct from $level
        and (g.closes is null or lower(coalesce(e.detail, '')) = lower(coalesce($detail, '')))
),

other_death as (
    select min(died_on) as died_on
    from (
        select p.died_on
        from given g
        join patient p on p.patient_id = g.patient_id and p.retracted_at is null
        union all
        select e.happened_on
        from given g
        join event e on e.patient_id = g.patient_id
        where e.kind = 'died' and e.retracted_at is null and e.event_id is distinct from $fact_id
    )
),

hit as (
    select unnest([
        case when not g.has_procedure then {'rule': 'no_episode', 'words': []::varchar[]} end,
        case when g.known_kind is null then {'rule': 'no_event_kind', 'words': []::varchar[]} end,
        case when $level is not null and $level not in (select level from level)
            then {'rule': 'no_level', 'words': []::varchar[]} end,
        case when t.events > 0 then {'rule': 'event_twice', 'words': [g.label]} end,
        case when c.closed_on is not null then {
            'rule': if(c.is_that_day, 'closed_that_day', 'closed_since'),
            'words': [lower(g.label), strftime(c.closed_on, '%-d %b %Y')]
        } end,
        case when g.known_kind = 'died' and d.died_on is not null
            then {'rule': 'died_twice', 'words': [strftime(d.died_on, '%-d %b %Y')]} end,
        case when g.known_kind = 'died' and l.happened_on > $moment_on::date
            then {'rule': 'death_before', 'words': [l.label, strftime(l.happened_on, '%-d %b %Y')]} end,
        case when g.known_kind in ('died', 'withdrew') then {'rule': 'closes_course', 'words': []::varchar[]} end
    ]) as h
    from given g
    cross join twin t
    cross join closing c
    cross join other_death d
    cross join last_fact l
)

select
    r.rule,
    r.severity,
    r.field,
    format(r.template, w[1], w[2], w[3], w[4]) as text
from (
    select h.rule, [coalesce(h.words[i], '') for i in range(1, 5)] as w from hit where h is not null
    union all
    select rule, [coalesce(words[i], '') for i in range(1, 5)]
    from moment_rule
    where rule <> 'after_death' or $kind is distinct from 'died'
)
join entry_rule r using (rule)
order by r.severity, r.rule
