insert into episode by name
select
    episode.* replace (
        md5(episode_row_id || twin.number) as episode_row_id,
        md5(episode_key || twin.number) as episode_key,
        patient_id || '-t' || lpad(cast(twin.number as varchar), 4, '0') as patient_id,
        episode_id || '-t' || lpad(cast(twin.number as varchar), 4, '0') as episode_id,
        performed_on - twin.days as performed_on,
        fracture_on - twin.days as fracture_on,
        discharged_on - twin.days as discharged_on,
        performed_at - to_days(twin.days) as performed_at,
        discharged_at - to_days(twin.days) as discharged_at
    )
from episode, (select number, cast(365 * (number % $years) as integer) as days from range(1, $times) as n (number)) as twin
order by patient_id, performed_on
