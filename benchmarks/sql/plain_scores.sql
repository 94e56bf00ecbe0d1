insert into score by name
select cast(uuidv7() as varchar) as score_id, patient_id, instrument, cast(left(taken_at, 10) as date) as taken_on,
    case when length(taken_at) > 10 then cast(taken_at as timestamp) end as taken_at, value, status, context,
    timestamp '2026-01-01' as recorded_at, recorded_by, 'bench' as source, 'b' as batch_id
from incoming
