-- question  Store the score of a goal that was entered.
-- grain     goal_review_id
-- param     fact_id      varchar    new                  the id of the new row
-- param     patient_id   varchar    demo-p0001           the patient
-- param     episode_id   varchar    demo-0001            the episode
-- param     goal_key     varchar    key                  the goal
-- param     moment_on    date       2026-11-20           the day on which it was scored
-- param     status       varchar    reached              one of data/reference/goal_status.csv
-- param     words        varchar    null                 what the patient says to it
-- param     recorded_at  timestamp  2026-11-23 09:00:00  the instant of the entry, UTC
-- param     recorded_by  varchar    demo specialist      who enters
-- param     supersedes   varchar    null                 the fact that this one corrects
insert into goal_review by name
select
    $fact_id as goal_review_id,
    $goal_key as goal_key,
    $patient_id as patient_id,
    $episode_id as episode_id,
    $moment_on as reviewed_on,
    $status as status,
    nullif(trim($words), '') as words,
    $recorded_at as recorded_at,
    $recorded_by as recorded_by,
    'entered' as source,
    $supersedes as supersedes
