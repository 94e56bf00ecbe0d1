-- question  What is impossible or unusual about an attempt to reach a patient?
-- grain     rule
-- param     episode_id    varchar  demo-0001   the course
-- param     today         date     2026-11-23  which day is today, for the clinic
-- param     moment_on     date     2026-11-30  the day given
-- param     visit         varchar  month_3     the visit that was called for
-- param     outcome       varchar  no_answer   one of data/reference/contact_outcome.csv
-- param     call_back_on  date     null        the day agreed on
-- uses      entry/course_by_id as course
-- uses      entry/moment_by_rule as moment_rule
-- column    rule      varchar  a rule of data/reference/entry_rule.csv
-- column    severity  varchar  impossible refuses, unusual asks
-- column    field     varchar  the field of the form that it is about
-- column    text      varchar  the sentence
-- missing   no row: nothing to say
-- source    data/reference/entry_rule.csv
with given as (
    select c.*, o.outcome as known_outcome, o.asks_date
    from course c
    left join contact_outcome o on o.outcome = $outcome
),

hit as (
    select unnest([
        case when not g.has_procedure then {'rule': 'no_episode', 'words': []::varchar[]} end,
        case when g.known_outcome is null then {'rule': 'no_outcome', 'words': []::varchar[]} end,
        case when not exists (
            from visit_window w where w.timeline_version = g.timeline_version and w.preset = 'strict' and w.visit = $visit
        ) then {'rule': 'no_visit', 'words': []::varchar[]} end,
        case when g.asks_date and $call_back_on::date is null then {'rule': 'no_call_back', 'words': []::varchar[]} end,
        case when $call_back_on::date <= $moment_on::date then {'rule': 'call_back_before', 'words': []::varchar[]} end
    ]) as h
    from given g
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
