-- question  Whose facts did one import change?
-- grain     patient_id
-- param     batch_id    varchar    20260301-090000-abcdef  the import
-- param     now         timestamp  2026-03-01 09:00:00     the instant of the import, UTC
-- column    patient_id  varchar    the patient
-- missing   no row: nothing changed
with changed as (
    select patient_id from patient where batch_id = $batch_id
    union all
    select patient_id from episode where batch_id = $batch_id or retracted_at = $now
    union all
    select patient_id from score where batch_id = $batch_id or retracted_at = $now
    union all
    select patient_id from milestone_event where batch_id = $batch_id
    union all
    select patient_id from note where batch_id = $batch_id
    union all
    select patient_id from event where batch_id = $batch_id
    union all
    select patient_id from medication where batch_id = $batch_id
    union all
    select p.patient_id
    from patient p
    join clinic c using (clinic_id)
    where p.retracted_at is null and c.batch_id = $batch_id
)

select distinct patient_id
from changed
order by patient_id
