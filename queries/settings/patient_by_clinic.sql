-- question  Whose facts are read anew when a clinic says what its pain scores are about?
-- grain     patient_id
-- param     clinic_id  varchar  demo-harbor  the clinic
-- column    patient_id  varchar  a patient of the clinic
-- missing   no row: the clinic has no patient
select patient_id
from patient
where retracted_at is null and clinic_id = $clinic_id
order by patient_id
