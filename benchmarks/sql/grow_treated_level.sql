insert into treated_level by name
select
    treated_level.* replace (
        md5(treated_level_id || twin.number) as treated_level_id,
        patient_id || '-t' || lpad(cast(twin.number as varchar), 4, '0') as patient_id,
        episode_id || '-t' || lpad(cast(twin.number as varchar), 4, '0') as episode_id
    )
from treated_level, (select number, cast(365 * (number % $years) as integer) as days from range(1, $times) as n (number)) as twin
order by patient_id, episode_id, level
