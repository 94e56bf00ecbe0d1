insert into medication by name
select
    medication.* replace (
        md5(medication_id || twin.number) as medication_id,
        patient_id || '-t' || lpad(cast(twin.number as varchar), 4, '0') as patient_id,
        episode_id || '-t' || lpad(cast(twin.number as varchar), 4, '0') as episode_id
    )
from medication, range(1, $times) as twin (number)
order by patient_id, started_on
