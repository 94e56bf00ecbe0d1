-- question  Store a goal that was entered; its key stays the same over corrections.
-- grain     goal_id
-- param     fact_id      varchar    new                  the id of the new row
-- param     patient_id   varchar    demo-p0001           the patient
-- param     episode_id   varchar    demo-0001            the episode
-- param     goal_key     varchar    null                 the goal that is corrected; null for a new one
-- param     words        varchar    Walk to the market   the goal in the patient's own words
-- param     moment_on    date       2026-11-20           the day on which it was set
-- param     due_on       date       2026-12-20           the day on which to look at it
-- param     recorded_at  timestamp  2026-11-23 09:00:00  the instant of the entry, UTC
-- param     recorded_by  varchar    demo specialist      who enters
-- param     supersedes   varchar    null                 the fact that this one corrects
insert into goal by name
select
    $fact_id as goal_id,
    coalesce($goal_key, $fact_id) as goal_key,
    $patient_id as patient_id,
    $episode_id as episode_id,
    $words as words,
    $moment_on as set_on,
    $due_on as due_on,
    $recorded_at as recorded_at,
    $recorded_by as recorded_by,
    'entered' as source,
    $supersedes as supersedes
