insert into milestone_event by name
select
    milestone_event.* replace (
        md5(milestone_event_id || twin.number) as milestone_event_id,
        patient_id || '-t' || lpad(cast(twin.number as varchar), 4, '0') as patient_id,
        episode_id || '-t' || lpad(cast(twin.number as varchar), 4, '0') as episode_id
    )
from milestone_event, range(1, $times) as twin (number)
order by patient_id, happened_on
