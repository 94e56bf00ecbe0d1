-- question  By rule: how many flags were raised in a period, and what became of them?
-- grain     rule
-- param     as_of       date     2026-11-23  which day is today, for the clinic
-- param     episode_id  varchar  null        one course, or null for all
-- param     from_on     date     2025-11-24  first day of the period
-- param     clinic_id   varchar  null        one clinic, or null for all
-- param     clinics  varchar[]  null  the clinics that may be seen, or null for all
-- uses      flag/run_in_period as period_flag
-- column    rule          varchar  a rule of data/reference/flag_rule.csv
-- column    verdict       varchar  red_flag, new_problem or slower
-- column    label         varchar  in words
-- column    raised        bigint   flags raised in the period
-- column    was_over      bigint   of these, over before their facts were recorded
-- column    seen          bigint   somebody has seen them
-- column    acted         bigint   acted on
-- column    dismissed     bigint   dismissed
-- column    ended_unseen  bigint   ended by themselves, seen by nobody
-- column    open_now      bigint   open on the day
-- column    open_new      bigint   open, and asking for an answer
-- column    answered      bigint   acted on or dismissed: the denominator of the precision
-- source    A rule with none raised has a row of zeros
with word as (
    select rule, any_value(verdict) as verdict, any_value(label) as label, min(rank) as rank
    from flag_rule
    where verdict in (select verdict from event_kind k join verdict v on v.verdict = k.closes)
        or verdict in (select verdict from verdict where spends_budget)
    group by rule
)

select
    w.rule, w.verdict, w.label,
    count(f.rule) as raised,
    count(*) filter (where f.was_over) as was_over,
    count(*) filter (where f.is_seen) as seen,
    count(*) filter (where f.state = 'acted') as acted,
    count(*) filter (where f.state = 'dismissed') as dismissed,
    count(*) filter (where not f.is_open and not f.is_seen and not f.was_over) as ended_unseen,
    count(*) filter (where f.is_open) as open_now,
    count(*) filter (where f.is_open and f.needs_answer) as open_new,
    count(*) filter (where f.state in ('acted', 'dismissed')) as answered
from word w
left join period_flag f using (rule)
group by w.rule, w.verdict, w.label, w.rank
order by w.rank
