insert into patient by name
select
    patient.* replace (
        md5(patient_row_id || twin.number) as patient_row_id,
        md5(patient_key || twin.number) as patient_key,
        patient_id || '-t' || lpad(cast(twin.number as varchar), 4, '0') as patient_id,
        died_on - twin.days as died_on
    )
from patient, (select number, cast(365 * (number % $years) as integer) as days from range(1, $times) as n (number)) as twin
order by patient_id
