-- question  Which flags were raised in a period, how do they stand, and how long did each wait?
-- grain     episode_id, rule, subject, raised_on
-- param     as_of       date     2026-11-23  which day is today, for the clinic
-- param     episode_id  varchar  null        one course, or null for all
-- param     from_on     date     2025-11-24  first day of the period
-- param     clinic_id   varchar  null        one clinic, or null for all
-- param     clinics  varchar[]  null  the clinics that may be seen, or null for all
-- uses      flag/state_by_run as flag
-- column    episode_id     varchar  the course
-- column    rule           varchar  a rule of data/reference/flag_rule.csv
-- column    subject        varchar  of a red flag its kind; else empty
-- column    verdict        varchar  red_flag, new_problem or slower
-- column    raised_on      date     first day
-- column    is_open        boolean  holds on the day
-- column    state          varchar  one of data/reference/flag_state.csv
-- column    needs_answer   boolean  new, reopened or overdue
-- column    answer         varchar  what was done, or why it was dismissed
-- column    was_over       boolean  ended before its facts were recorded: nobody could have seen it
-- column    is_seen        boolean  somebody has seen it
-- column    days_to_seen   double   from raised to seen; where nobody has, to its end or to the day
-- column    days_to_acted  double   from seen to acted on; where nobody has, to its end or to the day
-- missing   no row: none raised; days_to_acted null: not seen, or dismissed
-- source    Waiting begins with the later of the first day and the moment its facts were recorded
with timed as (
    select
        f.*,
        s.needs_answer,
        greatest(f.known_at, f.raised_on::timestamp) as begun_at,
        least(coalesce(f.cleared_on, $as_of::date + 1), $as_of::date + 1)::timestamp as end_at
    from flag f
    join flag_state s using (state)
    join episode_summary c using (episode_id)
    where f.raised_on >= $from_on::date and ($clinic_id is null or c.clinic_id = $clinic_id)
        and ($clinics::varchar[] is null or list_contains($clinics::varchar[], c.clinic_id))
)

select
    episode_id, rule, subject, verdict, raised_on, is_open, state, needs_answer, answer,
    coalesce(end_at <= known_at, false) as was_over,
    seen_at is not null as is_seen,
    greatest(epoch(coalesce(seen_at, end_at) - begun_at) / 86400, 0) as days_to_seen,
    case when state <> 'dismissed' and seen_at is not null
        then greatest(epoch(if(state = 'acted', answered_at, end_at) - seen_at) / 86400, 0)
    end as days_to_acted
from timed
order by episode_id, raised_on, rule, subject
