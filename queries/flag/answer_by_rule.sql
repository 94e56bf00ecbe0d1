-- question  What was done about the flags of a period, and why were others dismissed, by rule?
-- grain     rule, answer
-- param     as_of       date     2026-11-23  which day is today, for the clinic
-- param     episode_id  varchar  null        one course, or null for all
-- param     from_on     date     2025-11-24  first day of the period
-- param     clinic_id   varchar  null        one clinic, or null for all
-- param     clinics  varchar[]  null  the clinics that may be seen, or null for all
-- uses      flag/run_in_period as period_flag
-- column    rule    varchar  a rule of data/reference/flag_rule.csv
-- column    rule_label  varchar  in words
-- column    action  varchar  act or dismiss
-- column    answer  varchar  one of data/reference/flag_answer.csv
-- column    label   varchar  in words
-- column    flags   bigint   how many
-- missing   no row: none was answered
select
    f.rule, any_value(r.label) as rule_label, a.action, a.answer, any_value(a.label) as label,
    count(distinct (f.episode_id, f.subject, f.raised_on)) as flags
from period_flag f
join flag_answer a using (answer)
join flag_rule r using (rule)
where f.state in ('acted', 'dismissed')
group by f.rule, a.action, a.answer
order by f.rule, a.action, flags desc, a.answer
