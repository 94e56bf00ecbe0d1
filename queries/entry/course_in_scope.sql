-- question  Is this course, or this patient, of one of these clinics?
-- grain     one row
-- param     episode_id  varchar    demo-0001  the course; null: the patient is asked about
-- param     patient_id  varchar    null       the patient; null: the course is asked about
-- param     clinics     varchar[]  null       the clinics that may be seen, or null for all
-- column    clinic_id   varchar    its clinic
-- missing   no row: of another clinic, or of none in this store
select any_value(clinic_id) as clinic_id
from episode_summary
where ($episode_id is null or episode_id = $episode_id)
    and ($patient_id is null or patient_id = $patient_id)
    and ($episode_id is not null or $patient_id is not null)
    and ($clinics::varchar[] is null or list_contains($clinics::varchar[], clinic_id))
having count(*) > 0
