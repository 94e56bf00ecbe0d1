insert into note by name
select cast(uuidv7() as varchar) as note_id, left(episode_id, 4) as patient_id, episode_id, kind, cast(left(written_at, 10) as date) as written_on,
    case when length(written_at) > 10 then cast(written_at as timestamp) end as written_at, title, text, author,
    timestamp '2026-01-01' as recorded_at, 'bench' as recorded_by, 'bench' as source, 'b' as batch_id
from incoming
