-- question  Store a event that was entered.
-- grain     event_id
-- param     fact_id      varchar    new                  the id of the new row
-- param     patient_id   varchar    demo-p0001           the patient
-- param     episode_id   varchar    demo-0001            the episode
-- param     kind         varchar    fall                 one of data/reference/event_kind.csv
-- param     moment_on    date       2026-11-20           the clinic's date
-- param     moment_at    timestamp  null                 UTC, where a time was given
-- param     level        varchar    null                 the vertebra, where one is meant
-- param     detail       varchar    null                 words
-- param     recorded_at  timestamp  2026-11-23 09:00:00  the instant of the entry, UTC
-- param     recorded_by  varchar    demo specialist      who enters
-- param     supersedes   varchar    null                 the fact that this one corrects
insert into event by name
select
    $fact_id as event_id,
    $patient_id as patient_id,
    $episode_id as episode_id,
    $kind as kind,
    $moment_on as happened_on,
    $moment_at as happened_at,
    $level as level,
    $detail as detail,
    $recorded_at as recorded_at,
    $recorded_by as recorded_by,
    'entered' as source,
    $supersedes as supersedes
