-- question  Which flags of a course are open on a day or were answered of late, and what was done about each?
-- grain     rule, subject, raised_on
-- param     as_of       date     2026-11-23  what is known on this day
-- param     episode_id  varchar  demo-0014   the course
-- uses      flag/action_by_run as flag_step
-- uses      flag/state_by_run as flag
-- column    rule          varchar  a rule of data/reference/flag_rule.csv
-- column    subject       varchar  of a red flag its kind; else empty
-- column    verdict       varchar  red_flag, new_problem or slower
-- column    label         varchar  in words
-- column    verdict_mark  varchar  the verdict's shape
-- column    raised_on     date     first day
-- column    raised_day    integer  first day, counted from the procedure
-- column    is_open       boolean  holds on the day
-- column    state         varchar  one of data/reference/flag_state.csv
-- column    state_label   varchar  in words
-- column    state_mark    varchar  its shape
-- column    needs_answer  boolean  new, reopened or overdue
-- column    owner         varchar  who looks after it
-- column    due_on        date     by when
-- column    answer_label  varchar  what was done, or why it was dismissed, in words
-- column    closes        varchar  the event by which a clinician ends it; null: none can
-- column    history       struct("at" timestamp, "by" varchar, what varchar, answer varchar, words varchar, owner varchar, due_on date)[]  everything done about it, oldest first, on the clinic's clock
-- missing   no row: no flag is open, and none was answered in the last 14 days
-- source    Shown for 14 days after the last thing done (threshold recent_days)
with told as (
    select
        f.episode_id, f.rule, f.subject, f.raised_on,
        list({
            'at': f.recorded_at at time zone 'UTC' at time zone coalesce(c.time_zone, 'UTC'),
            'by': f.recorded_by, 'what': t.label, 'answer': w.label,
            'words': f.words, 'owner': f.owner, 'due_on': f.due_on
        } order by f.recorded_at, f.flag_action_id) as history
    from flag_step f
    join episode_summary s using (episode_id)
    left join clinic c on c.clinic_id = s.clinic_id and c.retracted_at is null
    left join flag_state t on t.action = f.action
    left join flag_answer w on w.answer = f.answer
    group by f.episode_id, f.rule, f.subject, f.raised_on
),

word as (
    select rule, any_value(label) as label, min(rank) as rank
    from flag_rule
    group by rule
),

late as (
    select max(value)::integer as days
    from threshold
    where threshold = 'recent_days'
)

select
    f.rule, f.subject, f.verdict,
    coalesce(k.label, w.label) as label,
    v.mark as verdict_mark,
    f.raised_on,
    (f.raised_on - s.performed_on)::integer as raised_day,
    f.is_open, f.state,
    t.label as state_label, t.mark as state_mark, t.needs_answer,
    f.owner, f.due_on,
    a.label as answer_label,
    x.kind as closes,
    coalesce(h.history, []) as history
from flag f
join episode_summary s using (episode_id)
join verdict v using (verdict)
join word w using (rule)
join flag_state t on t.state = f.state
left join event_kind k on k.kind = f.subject
left join event_kind x on x.closes = f.verdict
left join flag_answer a on a.answer = f.answer
left join told h on h.rule = f.rule and h.subject = f.subject and h.raised_on = f.raised_on
where f.is_open or $as_of::date - f.last_on <= (select days from late)
order by f.is_open desc, w.rank, f.raised_on desc, f.subject
