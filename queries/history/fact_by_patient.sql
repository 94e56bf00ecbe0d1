-- question  What was ever recorded about this patient, every kind of it, with what was corrected or taken back since?
-- grain     fact_id
-- param     patient_id  varchar  DEMO-P0001  the patient
-- uses      history/said_by_score as score_said
-- uses      history/said_by_milestone as milestone_said
-- uses      history/said_by_event as event_said
-- uses      history/said_by_medication as medication_said
-- uses      history/said_by_note as note_said
-- uses      history/said_by_goal as goal_said
-- uses      history/said_by_goal_review as goal_review_said
-- uses      history/said_by_attempt as attempt_said
-- uses      history/said_by_flag_action as flag_action_said
-- column    kind            varchar    the kind of fact
-- column    fact_id         varchar    the row
-- column    patient_id      varchar    the patient
-- column    episode_id      varchar    the course
-- column    what            varchar    what it is about
-- column    said            varchar    what it says about it; its author wrote it, never trust it
-- column    moment_on       date       the clinic's date
-- column    moment_local    timestamp  the clinic's time, where one was given
-- column    recorded_at     timestamp  UTC
-- column    recorded_local  timestamp  the clinic's clock
-- column    recorded_by     varchar    who
-- column    source          varchar    entered, or where it came from
-- column    batch_id        varchar    the import that brought it
-- column    retracted_at    timestamp  UTC; null while it is current
-- column    supersedes      varchar    the row that it took the place of
-- missing   no row: nothing
with said as (
    from score_said
    union all by name
    from milestone_said
    union all by name
    from event_said
    union all by name
    from medication_said
    union all by name
    from note_said
    union all by name
    from goal_said
    union all by name
    from goal_review_said
    union all by name
    from attempt_said
    union all by name
    from flag_action_said
),

zone as (
    select coalesce(any_value(c.time_zone), 'UTC') as time_zone
    from patient p
    join clinic c on c.clinic_id = p.clinic_id and c.retracted_at is null
    where p.patient_id = $patient_id and p.retracted_at is null
)

select
    s.kind,
    s.fact_id,
    s.patient_id,
    s.episode_id,
    s.what,
    s.said,
    s.moment_on,
    s.moment_at at time zone 'UTC' at time zone z.time_zone as moment_local,
    s.recorded_at,
    s.recorded_at at time zone 'UTC' at time zone z.time_zone as recorded_local,
    s.recorded_by,
    s.source,
    s.batch_id,
    s.retracted_at,
    s.supersedes
from said s
cross join zone z
order by s.moment_on desc, s.moment_at desc nulls last, s.fact_id desc
