-- question  By rule: how many flags were raised in a period, and how many would have been with one threshold moved?
-- grain     rule
-- param     as_of        date       2026-11-23        last day of the period
-- param     from_on      date       2025-11-24        first day of the period
-- param     clinic_id    varchar    null              one clinic, or null for all
-- param     threshold    varchar    new_problem_rise  the one that is moved, in every version
-- param     value        double     3                 where to, in its own unit
-- param     patient_ids  varchar[]  null              these patients' courses, or null for all
-- param     clinics  varchar[]  null  the clinics that may be seen, or null for all
-- uses      flag/run_by_course as run
-- instead   flag/moved_threshold as threshold_value
-- column    rule          varchar  a rule of data/reference/flag_rule.csv
-- column    label         varchar  in words
-- column    before        bigint   flags raised
-- column    after         bigint   flags that would have been raised
-- column    amber_before  bigint   amber flags in all, counted once a course and day
-- column    amber_after   bigint   the same with the threshold moved
-- source    A what-if by the same SQL; nothing is changed
with word as (
    select f.rule, any_value(f.label) as label, min(f.rank) as rank, bool_or(v.spends_budget) as is_amber
    from flag_rule f
    join verdict v using (verdict)
    where v.spends_budget or f.rule = 'red_flag_event'
    group by f.rule
),

compared as (
    select 'before' as side, episode_id, rule, raised_on from flag_run
    union all
    select 'after', episode_id, rule, raised_on from run
),

counted as (
    select b.side, b.episode_id, b.rule, b.raised_on
    from compared b
    join episode_summary s using (episode_id)
    where b.raised_on between $from_on::date and $as_of::date
        and ($clinic_id is null or s.clinic_id = $clinic_id)
        and ($clinics::varchar[] is null or list_contains($clinics::varchar[], s.clinic_id))
),

amber as (
    select
        count(distinct (c.episode_id, c.raised_on)) filter (where c.side = 'before') as amber_before,
        count(distinct (c.episode_id, c.raised_on)) filter (where c.side = 'after') as amber_after
    from counted c
    join word w on w.rule = c.rule and w.is_amber
)

select
    w.rule, w.label,
    count(*) filter (where c.side = 'before') as before,
    count(*) filter (where c.side = 'after') as after,
    any_value(a.amber_before) as amber_before,
    any_value(a.amber_after) as amber_after
from word w
cross join amber a
left join counted c using (rule)
group by w.rule, w.label, w.rank
order by w.rank
