insert into patient by name
select cast(uuidv7() as varchar) as patient_row_id, patient_id, replace(cast(uuid() as varchar), '-', '') as patient_key, birth_date, sex,
    clinic as clinic_id, given_name, family_name, phone, died_on, timestamp '2026-01-01' as recorded_at, 'bench' as recorded_by, 'bench' as source, 'b' as batch_id
from incoming
