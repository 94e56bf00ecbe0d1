insert into event by name
select cast(uuidv7() as varchar) as event_id, left(episode_id, 4) as patient_id, episode_id, kind, cast(left(cast("on" as varchar), 10) as date) as happened_on,
    level, detail, timestamp '2026-01-01' as recorded_at, 'bench' as recorded_by, 'bench' as source, 'b' as batch_id
from incoming
