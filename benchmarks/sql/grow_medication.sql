insert into medication by name
select
    medication.* replace (
        md5(medication_id || twin.number) as medication_id,
        patient_id || '-t' || lpad(cast(twin.number as varchar), 4, '0') as patient_id,
        episode_id || '-t' || lpad(cast(twin.number as varchar), 4, '0') as episode_id,
        started_on - twin.days as started_on,
        stopped_on - twin.days as stopped_on
    )
from medication, (select number, cast(365 * (number % $years) as integer) as days from range(1, $times) as n (number)) as twin
order by patient_id, started_on
