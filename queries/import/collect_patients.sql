-- question  What is stored now about the patients of this import?
-- grain     stored_id
-- after     import/open_patients
create or replace temp table stored as
select
    patient_row_id as stored_id,
    patient_id as key,
    cast(null as varchar) as origin,
    patient_id,
    cast(null as timestamp) as retracted_at,
    [birth_date, sex, clinic_id, given_name, family_name, phone, cast(died_on as varchar)] as fields
from patient
where retracted_at is null
    and patient_id in (select patient_id from staged_patients)
