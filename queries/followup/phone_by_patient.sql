-- question  Under which number is each patient reached?
-- grain     patient_id
-- param     patient_id  varchar  null  one patient, or null for all
-- param     clinics  varchar[]  null  the clinics that may be seen, or null for all
-- column    patient_id  varchar  the patient
-- column    phone       varchar  as given
-- missing   no row: no number is known
-- source    Only asked for by plumbline/web/followups/data.py, after its guard
select
    patient_id,
    phone
from patient
where retracted_at is null and phone is not null and ($patient_id::varchar is null or patient_id = $patient_id)
    and ($clinics::varchar[] is null or list_contains($clinics::varchar[], clinic_id))
order by patient_id
