insert into episode by name
select cast(uuidv7() as varchar) as episode_row_id, episode_id, replace(cast(uuid() as varchar), '-', '') as episode_key, patient_id, pathway,
    'none' as timeline_version, cast(performed_at as date) as performed_on, cast(performed_at as timestamp) as performed_at, fracture_on, cause,
    surgeon, approach, of_grade, genant, cast(discharged_at as date) as discharged_on, cast(discharged_at as timestamp) as discharged_at,
    timestamp '2026-01-01' as recorded_at, 'bench' as recorded_by, 'bench' as source, 'b' as batch_id
from incoming
