-- question  Which patients are of these clinics now?
-- grain     patient_id
-- param     clinics  varchar[]  null  the clinics that may be seen, or null for all
-- column    patient_id  varchar  the patient
-- missing   no row: the clinics have no patients
select patient_id
from patient
where retracted_at is null
    and ($clinics::varchar[] is null or list_contains($clinics::varchar[], clinic_id))
order by patient_id
