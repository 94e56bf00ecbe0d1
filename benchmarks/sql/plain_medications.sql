insert into medication by name
select cast(uuidv7() as varchar) as medication_id, left(episode_id, 4) as patient_id, episode_id, drug, started_on, stopped_on, dose, unit, opioid,
    timestamp '2026-01-01' as recorded_at, 'bench' as recorded_by, 'bench' as source, 'b' as batch_id
from incoming
