-- question  Whom are the flags of a period about, of one rule or of all, as one of the table's columns counts them?
-- grain     episode_id, rule, subject, raised_on
-- param     as_of       date     2026-11-23  which day is today, for the clinic
-- param     episode_id  varchar  null        one course, or null for all
-- param     from_on     date     2025-11-24  first day of the period
-- param     clinic_id   varchar  null        one clinic, or null for all
-- param     rule        varchar  null        one rule, or null for all
-- param     column      varchar  raised      raised, seen, acted, dismissed, ended_unseen, open_now or open_new
-- param     clinics  varchar[]  null  the clinics that may be seen, or null for all
-- uses      flag/run_in_period as period_flag
-- column    episode_id   varchar  the course
-- column    episode_key  varchar  opaque key for addresses
-- column    rule         varchar  a rule of data/reference/flag_rule.csv
-- column    subject      varchar  of a red flag its kind; else empty
-- column    person       varchar  name, or the clinic's id
-- column    label        varchar  the flag in words
-- column    raised_on    date     first day
-- column    state        varchar  how it stands, in words
-- column    answer       varchar  what was done, or why it was dismissed, in words
-- missing   no row: none
with word as (
    select rule, any_value(label) as label
    from flag_rule
    group by rule
)

select
    f.episode_id, s.episode_key, f.rule, f.subject,
    coalesce(nullif(concat_ws(' ', p.given_name, p.family_name), ''), s.patient_id) as person,
    coalesce(k.label, w.label) as label,
    f.raised_on,
    t.mark || ' ' || t.label as state,
    a.label as answer
from period_flag f
join episode_summary s using (episode_id)
join patient p on p.patient_id = s.patient_id and p.retracted_at is null
join word w using (rule)
join flag_state t on t.state = f.state
left join event_kind k on k.kind = f.subject
left join flag_answer a on a.answer = f.answer
where ($rule is null or f.rule = $rule)
    and case $column
        when 'raised' then true
        when 'seen' then f.is_seen
        when 'acted' then f.state = 'acted'
        when 'dismissed' then f.state = 'dismissed'
        when 'ended_unseen' then not f.is_open and not f.is_seen and not f.was_over
        when 'open_now' then f.is_open
        when 'open_new' then f.is_open and f.needs_answer
        else false
    end
order by f.raised_on desc, f.episode_id, f.rule, f.subject
