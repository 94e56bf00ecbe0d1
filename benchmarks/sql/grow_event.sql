insert into event by name
select
    event.* replace (
        md5(event_id || twin.number) as event_id,
        patient_id || '-t' || lpad(cast(twin.number as varchar), 4, '0') as patient_id,
        episode_id || '-t' || lpad(cast(twin.number as varchar), 4, '0') as episode_id,
        happened_on - twin.days as happened_on,
        happened_at - to_days(twin.days) as happened_at
    )
from event, (select number, cast(365 * (number % $years) as integer) as days from range(1, $times) as n (number)) as twin
order by patient_id, happened_on
