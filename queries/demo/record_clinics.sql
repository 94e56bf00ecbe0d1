-- question  Make it as if each made-up clinic had been recorded before its first patient.
-- grain     clinic_id
with first_patient as (
    select clinic_id, min(recorded_at) as recorded_at
    from patient
    group by clinic_id
)

update clinic
set recorded_at = least(clinic.recorded_at, first_patient.recorded_at - interval 1 day)
from first_patient
where first_patient.clinic_id = clinic.clinic_id
