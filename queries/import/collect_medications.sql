-- question  What is stored about the medications of this import, now and before staff corrected it or took it back?
-- grain     stored_id
-- after     import/define_plain
-- after     import/open_checks
create or replace temp table stored as
select
    medication_id as stored_id,
    concat_ws(chr(31), episode_id, drug, cast(started_on as varchar)) as key,
    case when source like 'fhir:%' then source end as origin,
    patient_id,
    retracted_at,
    [
        patient_id, episode_id, drug, cast(started_on as varchar), cast(stopped_on as varchar), plain(dose), unit,
        cast(opioid as varchar)
    ] as fields
from medication
where (retracted_at is null or batch_id is not null and medication_id in (select previous_id from change))
    and patient_id in (select patient_id from checked)
