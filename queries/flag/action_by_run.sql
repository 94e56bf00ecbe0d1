-- question  What was done about which flag, as of a date?
-- grain     flag_action_id
-- param     as_of       date     2026-11-23  what is known on this day
-- param     episode_id  varchar  null        one course, or null for all
-- column    flag_action_id  varchar    what was done
-- column    episode_id      varchar    the course
-- column    rule            varchar    the flag's rule
-- column    subject         varchar    of a red flag its kind; else empty
-- column    raised_on       date       the first day of the flag that it is about
-- column    on_date         date       the day on which the flag was looked at
-- column    action          varchar    acknowledge, assign, act, dismiss or reopen
-- column    answer          varchar    one of data/reference/flag_answer.csv; null: none belongs to it
-- column    words           varchar    in the clinician's own words
-- column    owner           varchar    who looks after it
-- column    due_on          date       by when
-- column    recorded_at     timestamp  UTC
-- column    recorded_by     varchar    who
-- missing   no row: nothing was done
-- source    It belongs to the newest flag of its rule that was open on that day and whose facts were known by then; a flag raised anew has no answer yet
select
    a.flag_action_id, a.episode_id, a.rule, a.subject, r.raised_on, a.on_date,
    a.action, a.answer, a.words, a.owner, a.due_on, a.recorded_at, a.recorded_by
from flag_action a
join flag_run r
    on r.episode_id = a.episode_id
    and r.rule = a.rule
    and r.subject = a.subject
    and r.raised_on <= a.on_date
    and coalesce(a.on_date <= r.cleared_on, true)
    and r.known_at <= a.recorded_at
where a.retracted_at is null
    and a.on_date <= $as_of::date
    and ($episode_id is null or a.episode_id = $episode_id)
qualify row_number() over (partition by a.flag_action_id order by r.raised_on desc) = 1
order by a.episode_id, a.recorded_at, a.flag_action_id
