-- question  Store an attempt to reach a patient.
-- grain     contact_attempt_id
-- param     fact_id       varchar    new                  the id of the new row
-- param     patient_id    varchar    demo-p0001           the patient
-- param     episode_id    varchar    demo-0001            the episode
-- param     visit         varchar    month_3              the visit that was called for
-- param     moment_on     date       2026-11-20           the clinic's date
-- param     moment_at     timestamp  null                 UTC, where a time was given
-- param     outcome       varchar    no_answer            one of data/reference/contact_outcome.csv
-- param     call_back_on  date       null                 the day agreed on
-- param     detail        varchar    null                 words
-- param     recorded_at   timestamp  2026-11-23 09:00:00  the instant of the entry, UTC
-- param     recorded_by   varchar    demo coordinator     who enters
-- param     supersedes    varchar    null                 the fact that this one corrects
insert into contact_attempt by name
select
    $fact_id as contact_attempt_id,
    $patient_id as patient_id,
    $episode_id as episode_id,
    $visit as visit,
    $moment_on as attempted_on,
    $moment_at as attempted_at,
    $outcome as outcome,
    $call_back_on as call_back_on,
    nullif(trim($detail), '') as detail,
    $recorded_at as recorded_at,
    $recorded_by as recorded_by,
    'entered' as source,
    $supersedes as supersedes
