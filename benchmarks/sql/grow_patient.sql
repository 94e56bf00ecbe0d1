insert into patient by name
select
    patient.* replace (
        md5(patient_row_id || twin.number) as patient_row_id,
        md5(patient_key || twin.number) as patient_key,
        patient_id || '-t' || lpad(cast(twin.number as varchar), 4, '0') as patient_id
    )
from patient, range(1, $times) as twin (number)
order by patient_id
