-- question  Store a milestone record that was entered.
-- grain     milestone_event_id
-- param     fact_id      varchar    new                  the id of the new row
-- param     patient_id   varchar    demo-p0001           the patient
-- param     episode_id   varchar    demo-0001            the episode
-- param     milestone    varchar    driving              the milestone
-- param     status       varchar    achieved             one of data/reference/milestone_status.csv
-- param     moment_on    date       2026-11-20           the clinic's date
-- param     moment_at    timestamp  null                 UTC, where a time was given
-- param     reported_by  varchar    patient              who told
-- param     recorded_at  timestamp  2026-11-23 09:00:00  the instant of the entry, UTC
-- param     recorded_by  varchar    demo specialist      who enters
-- param     supersedes   varchar    null                 the fact that this one corrects
insert into milestone_event by name
select
    $fact_id as milestone_event_id,
    $patient_id as patient_id,
    $episode_id as episode_id,
    $milestone as milestone,
    $status as status,
    $moment_on as happened_on,
    $moment_at as happened_at,
    $reported_by as reported_by,
    $recorded_at as recorded_at,
    $recorded_by as recorded_by,
    'entered' as source,
    $supersedes as supersedes
