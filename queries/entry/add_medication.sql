-- question  Store a medicine that was entered.
-- grain     medication_id
-- param     fact_id      varchar    new                  the id of the new row
-- param     patient_id   varchar    demo-p0001           the patient
-- param     episode_id   varchar    demo-0001            the episode
-- param     drug         varchar    tramadol             its name
-- param     moment_on    date       2026-11-20           the day on which it was started
-- param     stopped_on   date       null                 the day on which it was stopped
-- param     dose         double     50                   a single dose
-- param     unit         varchar    mg                   its unit
-- param     opioid       boolean    null                 as said; null: by data/reference/drug.csv
-- param     recorded_at  timestamp  2026-11-23 09:00:00  the instant of the entry, UTC
-- param     recorded_by  varchar    demo specialist      who enters
-- param     supersedes   varchar    null                 the fact that this one corrects
insert into medication by name
select
    $fact_id as medication_id,
    $patient_id as patient_id,
    $episode_id as episode_id,
    lower(trim($drug)) as drug,
    $moment_on as started_on,
    $stopped_on as stopped_on,
    $dose as dose,
    $unit as unit,
    coalesce($opioid, (select bool_or(drug_class = 'opioid') from drug where drug = lower(trim($drug)))) as opioid,
    $recorded_at as recorded_at,
    $recorded_by as recorded_by,
    'entered' as source,
    $supersedes as supersedes
