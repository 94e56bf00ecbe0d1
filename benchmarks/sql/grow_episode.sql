insert into episode by name
select
    episode.* replace (
        md5(episode_row_id || twin.number) as episode_row_id,
        md5(episode_key || twin.number) as episode_key,
        patient_id || '-t' || lpad(cast(twin.number as varchar), 4, '0') as patient_id,
        episode_id || '-t' || lpad(cast(twin.number as varchar), 4, '0') as episode_id
    )
from episode, range(1, $times) as twin (number)
order by patient_id, performed_on
