-- question  Store a score that was entered; the summary places it in its course.
-- grain     score_id
-- param     fact_id      varchar    new                  the id of the new row
-- param     patient_id   varchar    demo-p0001           the patient
-- param     instrument   varchar    nrs_back             the instrument
-- param     moment_on    date       2026-11-20           the clinic's date
-- param     moment_at    timestamp  null                 UTC, where a time was given
-- param     value        double     3                    in the instrument's unit
-- param     status       varchar    done                 done, unable, not_tried or refused
-- param     context      varchar    null                 before: on the day of the procedure, before it
-- param     recorded_at  timestamp  2026-11-23 09:00:00  the instant of the entry, UTC
-- param     recorded_by  varchar    demo specialist      who enters
-- param     supersedes   varchar    null                 the fact that this one corrects
insert into score by name
select
    $fact_id as score_id,
    $patient_id as patient_id,
    $instrument as instrument,
    $moment_on as taken_on,
    $moment_at as taken_at,
    $value as value,
    $status as status,
    $context as context,
    $recorded_at as recorded_at,
    $recorded_by as recorded_by,
    'entered' as source,
    $supersedes as supersedes
