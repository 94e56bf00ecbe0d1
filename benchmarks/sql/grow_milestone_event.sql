insert into milestone_event by name
select
    milestone_event.* replace (
        md5(milestone_event_id || twin.number) as milestone_event_id,
        patient_id || '-t' || lpad(cast(twin.number as varchar), 4, '0') as patient_id,
        episode_id || '-t' || lpad(cast(twin.number as varchar), 4, '0') as episode_id,
        happened_on - twin.days as happened_on,
        happened_at - to_days(twin.days) as happened_at
    )
from milestone_event, (select number, cast(365 * (number % $years) as integer) as days from range(1, $times) as n (number)) as twin
where hash(milestone_event_id, twin.number) % 1000 < $milestones
order by patient_id, happened_on
