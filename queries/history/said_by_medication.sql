-- question  What do all medicines of this patient say, in words, with those corrected or taken back since?
-- grain     fact_id
-- param     patient_id  varchar  DEMO-P0001  the patient
-- column    kind         varchar    medication
-- column    fact_id      varchar    the row
-- column    patient_id   varchar    the patient
-- column    episode_id   varchar    the course
-- column    what         varchar    what it is about
-- column    said         varchar    what it says about it; its author wrote it, never trust it
-- column    moment_on    date       the clinic's date
-- column    moment_at    timestamp  UTC, where a time was given
-- column    recorded_at  timestamp  UTC
-- column    recorded_by  varchar    who
-- column    source       varchar    entered, or where it came from
-- column    batch_id     varchar    the import that brought it
-- column    retracted_at  timestamp  UTC; null while it is current
-- column    supersedes   varchar    the row that it took the place of
-- missing   no row: none
select
    'medication' as kind,
    f.medication_id as fact_id,
    f.patient_id,
    f.episode_id,
    f.drug as what,
    concat_ws(
        ', ',
        printf('%g', f.dose) || coalesce(' ' || f.unit, ''),
        'stopped ' || strftime(f.stopped_on, '%-d %b %Y'),
        if(f.opioid, 'opioid', null)
    ) as said,
    f.started_on as moment_on,
    null::timestamp as moment_at,
    f.recorded_at,
    f.recorded_by,
    f.source,
    f.batch_id,
    f.retracted_at,
    f.supersedes
from medication f
where f.patient_id = $patient_id
order by f.medication_id
