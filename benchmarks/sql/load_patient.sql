insert into patient (patient_row_id, patient_id, patient_key, birth_date, sex, clinic_id, given_name, family_name, phone, died_on, recorded_at, recorded_by, source)
select md5('p' || patient_id), patient_id, md5('k' || patient_id), birth_date, sex, clinic, given_name, family_name, phone, try_cast(died_on as date), timestamp '2026-01-01', 'bench', 'bench'
from read_csv($folder || '/patients.csv', all_varchar = true, header = true)
order by patient_id
