-- question  What asks for attention in each course as of a date, and has somebody looked at it?
-- grain     episode_id, rule, subject
-- param     as_of       date     2026-11-23  which day is today, for the clinic
-- param     episode_id  varchar  null        one course, or null for all
-- uses      status/verdict_by_course as verdict_now
-- uses      status/open_red_flag as open_flag
-- uses      flag/state_by_run as flag
-- column    episode_id  varchar  the course
-- column    verdict     varchar  red_flag, new_problem or slower
-- column    rule        varchar  a rule of data/reference/flag_rule.csv
-- column    subject     varchar  of a red flag its kind; else empty
-- column    since_on    date     the first score or event behind it
-- column    is_seen     boolean  somebody has looked at it, and it isn't overdue or opened again
-- column    seen_on     date     the day of the last thing done about it
-- column    answer      varchar  the answer given with it, where one was
-- missing   no row: nothing asks for attention
-- source    Unknown is not seen: a flag that is not worked out yet, or whose facts have changed since, counts as new
with reason_now as (
    select episode_id, patient_id, unnest(reasons, recursive := true)
    from (select episode_id, patient_id, reasons from verdict_now)
),

behind as (
    select r.episode_id, r.patient_id, r.verdict, r.rule, '' as subject, r.since_on, r.fact_ids
    from reason_now r
    where r.verdict in (select verdict from situation where looked <> 'any') and r.verdict <> 'red_flag'
    union all
    select o.episode_id, v.patient_id, 'red_flag', 'red_flag_event', o.kind, min(o.happened_on), list(o.event_id)
    from open_flag o
    join verdict_now v using (episode_id)
    group by o.episode_id, v.patient_id, o.kind
),

first_score as (
    select b.episode_id, b.rule, b.subject,
        list_min([d.taken_on for d in s.daily_values if list_contains(b.fact_ids, d.score_id)]) as first_on
    from behind b
    join episode_summary s using (episode_id)
)

select
    b.episode_id, b.verdict, b.rule, b.subject,
    least(b.since_on, o.first_on) as since_on,
    coalesce(not t.needs_answer, false) and b.patient_id not in (select patient_id from flag_stale) as is_seen,
    f.last_on as seen_on,
    f.answer
from behind b
join first_score o using (episode_id, rule, subject)
left join flag f on f.episode_id = b.episode_id and f.rule = b.rule and f.subject = b.subject and f.is_open
left join flag_state t on t.state = f.state
order by b.episode_id, b.rule, b.subject
