insert into event by name
select
    event.* replace (
        md5(event_id || twin.number) as event_id,
        patient_id || '-t' || lpad(cast(twin.number as varchar), 4, '0') as patient_id,
        episode_id || '-t' || lpad(cast(twin.number as varchar), 4, '0') as episode_id
    )
from event, range(1, $times) as twin (number)
order by patient_id, happened_on
