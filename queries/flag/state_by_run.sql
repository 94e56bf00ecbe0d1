-- question  How does each flag raised by a date stand: new, seen, assigned, overdue, acted on, dismissed or reopened?
-- grain     episode_id, rule, subject, raised_on
-- param     as_of       date     2026-11-23  what is known on this day
-- param     episode_id  varchar  null        one course, or null for all
-- uses      flag/action_by_run as flag_step
-- column    patient_id   varchar    the patient
-- column    episode_id   varchar    the course
-- column    rule         varchar    a rule of data/reference/flag_rule.csv
-- column    subject      varchar    of a red flag its kind; else empty
-- column    verdict      varchar    red_flag, new_problem or slower
-- column    raised_on    date       first day
-- column    cleared_on   date       first day after it
-- column    known_at     timestamp  UTC; when the facts behind it were recorded
-- column    is_open      boolean    holds on the day
-- column    state        varchar    one of data/reference/flag_state.csv
-- column    owner        varchar    who looks after it
-- column    due_on       date       by when
-- column    seen_at      timestamp  UTC; the first thing done about it
-- column    answered_at  timestamp  UTC; when it was acted on or dismissed, where that is the last word
-- column    answer       varchar    what was done, or why it was dismissed
-- column    last_on      date       the day of the last thing done
-- missing   seen_at null: nobody has seen it; answered_at null: not answered, or reopened
-- source    The last thing done about it is its state, by the day that was looked at; an assignment whose day has passed is overdue
with done as (
    select
        episode_id, rule, subject, raised_on,
        min(recorded_at) filter (where action <> 'reopen') as seen_at,
        last({'action': action, 'answer': answer, 'owner': owner, 'due_on': due_on, 'at': recorded_at, 'on': on_date}
            order by on_date, recorded_at, flag_action_id) as last_step
    from flag_step
    group by episode_id, rule, subject, raised_on
)

select
    r.patient_id, r.episode_id, r.rule, r.subject, r.verdict, r.raised_on, r.cleared_on, r.known_at,
    coalesce(r.cleared_on > $as_of::date, true) as is_open,
    case
        when d.last_step is null then 'new'
        when d.last_step.action = 'assign' and d.last_step.due_on < $as_of::date then 'overdue'
        else s.state
    end as state,
    if(d.last_step.action = 'assign', d.last_step.owner, null) as owner,
    if(d.last_step.action = 'assign', d.last_step.due_on, null) as due_on,
    d.seen_at,
    if(d.last_step.action in ('act', 'dismiss'), d.last_step.at, null) as answered_at,
    d.last_step.answer as answer,
    d.last_step.on as last_on
from flag_run r
left join done d using (episode_id, rule, subject, raised_on)
left join flag_state s on s.action = d.last_step.action
where r.raised_on <= $as_of::date and ($episode_id is null or r.episode_id = $episode_id)
order by r.episode_id, r.raised_on, r.rule, r.subject
