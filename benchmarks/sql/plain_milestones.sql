insert into milestone_event by name
select cast(uuidv7() as varchar) as milestone_event_id, left(episode_id, 4) as patient_id, episode_id, milestone, status, cast("on" as date) as happened_on,
    reported_by, timestamp '2026-01-01' as recorded_at, 'bench' as recorded_by, 'bench' as source, 'b' as batch_id
from incoming
