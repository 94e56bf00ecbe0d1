select patient_id, birth_date, sex, clinic_id as clinic, given_name, family_name, phone, died_on
from patient
order by hash(patient_id)
