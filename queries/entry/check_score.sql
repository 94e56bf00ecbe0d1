-- question  What is impossible or unusual about a score that is entered?
-- grain     rule
-- param     episode_id  varchar    demo-0001   the course
-- param     fact_id     varchar    null        the score that is corrected; null for a new one
-- param     today       date       2026-11-23  which day is today, for the clinic
-- param     moment_on   date       2026-11-20  the day given
-- param     moment_at   timestamp  null        UTC, where a time was given
-- param     instrument  varchar    nrs_back    the instrument
-- param     value       double     11          in the instrument's unit
-- param     status      varchar    done        done, unable, not_tried or refused
-- param     context     varchar    null        before: on the day of the procedure, before it
-- uses      entry/course_by_id as course
-- uses      entry/moment_by_rule as moment_rule
-- column    rule      varchar  a rule of data/reference/entry_rule.csv
-- column    severity  varchar  impossible refuses, unusual asks
-- column    field     varchar  the field of the form that it is about
-- column    text      varchar  the sentence
-- missing   no row: nothing to say
-- source    data/reference/entry_rule.csv; a jump is measured against the median of the last three scores before it
with given as (
    select c.*, i.instrument as known_instrument, i.short_label, i.minimum, i.maximum, i.is_integer, t.has_value
    from course c
    left join instrument i on i.instrument = $instrument
    left join score_status t on t.status = $status
),

earlier as (
    select s.*
    from score s
    join given g using (patient_id)
    where s.retracted_at is null and s.instrument = $instrument and s.score_id is distinct from $fact_id
),

before as (
    select median(value) as value, count(*)::integer as scores, string_agg(printf('%g', value), ', ') as said
    from (
        select e.value
        from earlier e
        where e.status = 'done'
            and (e.taken_on, coalesce(e.taken_at, e.taken_on))
                < ($moment_on::date, coalesce($moment_at::timestamp, $moment_on::date))
        order by e.taken_on desc, e.taken_at desc nulls last
        limit 3
    )
),

twin as (
    select any_value(coalesce(printf('%g', value), status)) as said
    from earlier
    where taken_on = $moment_on::date and taken_at is not distinct from $moment_at::timestamp
),

hit as (
    select unnest([
        case when g.known_instrument is null then {'rule': 'no_instrument', 'words': []::varchar[]} end,
        case when g.has_value is null then {'rule': 'no_score_status', 'words': []::varchar[]} end,
        case when g.has_value and $value::double is null then {'rule': 'no_value', 'words': []::varchar[]} end,
        case when not g.has_value and $value::double is not null
            then {'rule': 'value_and_status', 'words': [$status]} end,
        case when $value::double < g.minimum or $value::double > g.maximum then {
            'rule': 'out_of_range',
            'words': [printf('%g', $value::double), printf('%g', g.minimum), printf('%g', g.maximum), g.short_label]
        } end,
        case when g.is_integer and $value::double <> floor($value::double)
            then {'rule': 'not_whole', 'words': [printf('%g', $value::double), g.short_label]} end,
        case when t.said is not null then {'rule': 'score_twice', 'words': [g.short_label, t.said]} end,
        case when b.scores > 1 and $value::double between g.minimum and g.maximum
                and abs($value::double - b.value) >= r.limit_value * (g.maximum - g.minimum)
            then {'rule': 'jump', 'words': [g.short_label, printf('%g', $value::double), b.said]} end,
        case when $moment_on::date < g.performed_on - w.days
            then {'rule': 'outside_course', 'words': [w.days::varchar]} end,
        case when g.has_procedure and $moment_on::date <= g.performed_on and $moment_on::date >= g.performed_on - w.days
                and ($moment_on::date < g.performed_on or $moment_at::timestamp < g.performed_at or $context = 'before')
            then {'rule': 'is_baseline', 'words': []::varchar[]} end
    ]) as h
    from given g
    cross join before b
    cross join twin t
    cross join (select limit_value from entry_rule where rule = 'jump') r
    cross join (select max(value)::integer as days from threshold where threshold = 'course_before_days') w
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
