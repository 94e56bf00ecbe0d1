-- question  When was a patient born, and of which clinic are they?
-- grain     one row
-- param     patient_id  varchar  demo-0001  the patient
-- column    birth_date  varchar  as far as it is known: 1950, 1950-02 or 1950-02-01
-- column    clinic_id   varchar  the patient's clinic
-- missing   no row: the patient isn't there
select
    birth_date,
    clinic_id
from patient
where patient_id = $patient_id and retracted_at is null
