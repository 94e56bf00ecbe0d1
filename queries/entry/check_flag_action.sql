-- question  What is impossible about something done about a flag?
-- grain     rule
-- param     episode_id  varchar  demo-0001    the course
-- param     today       date     2026-11-23   which day is today, for the clinic
-- param     moment_on   date     2026-11-30   the day on which the flag is looked at
-- param     as_of       date     2026-11-30   the same
-- param     rule        varchar  above_90     the flag's rule
-- param     subject     varchar  ''           of a red flag its kind; else empty
-- param     action      varchar  acknowledge  acknowledge, assign, act, dismiss or reopen
-- param     answer      varchar  null         one of data/reference/flag_answer.csv, for act and dismiss
-- param     words       varchar  null         in the clinician's own words
-- param     owner       varchar  null         who looks after it, for assign
-- param     due_on      date     null         by when, for assign
-- uses      flag/state_by_run as flag_row
-- column    rule      varchar  a rule of data/reference/entry_rule.csv
-- column    severity  varchar  impossible refuses
-- column    field     varchar  the field of the form that it is about
-- column    text      varchar  the sentence
-- missing   no row: nothing to say
-- source    data/reference/entry_rule.csv; a flag that an answer closed can still be reopened. What somebody else did meanwhile is never written over: only reopening takes an answer back
with flag as (
    select count(*) as flags
    from flag_run
    where episode_id = $episode_id
        and rule = $rule
        and subject = $subject
        and raised_on <= $moment_on::date
        and ($action = 'reopen' or coalesce(cleared_on > $moment_on::date, true))
),

standing as (
    select max_by(f.state, f.raised_on) as state
    from flag_row f
    where f.rule = $rule and f.subject = $subject and f.is_open
),

hit as (
    select unnest([
        case when f.flags = 0 then {'rule': 'flag_not_open', 'word': ''} end,
        case when t.state in ('acted', 'dismissed') and $action in ('acknowledge', 'assign', 'dismiss')
                or t.state in ('seen', 'assigned', 'overdue') and $action = 'acknowledge'
            then {'rule': 'flag_in_hand', 'word': (select lower(label) from flag_state where state = t.state)} end,
        case when $moment_on::date > $today::date
            then {'rule': 'flag_in_future', 'word': strftime($today::date, '%-d %b %Y')} end,
        case when $action not in (select action from flag_state where action is not null)
            then {'rule': 'no_flag_action', 'word': ''} end,
        case when $action in ('act', 'dismiss')
                and not exists (select 1 from flag_answer where action = $action and answer = $answer)
            then {'rule': 'no_flag_answer', 'word': if($action = 'act', 'what was done', 'why')} end,
        case when $answer like 'other%' and coalesce(trim($words), '') = ''
            then {'rule': 'no_flag_words', 'word': ''} end,
        case when $action = 'assign' and coalesce(trim($owner), '') = ''
            then {'rule': 'no_flag_owner', 'word': ''} end,
        case when $action = 'assign' and coalesce($due_on::date < $moment_on::date, true)
            then {'rule': 'no_flag_due', 'word': ''} end
    ]) as h
    from flag f
    cross join standing t
)

select r.rule, r.severity, r.field, format(r.template, h.word) as text
from hit
join entry_rule r on r.rule = h.rule
where h is not null
order by r.rule
