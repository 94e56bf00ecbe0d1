insert into episode (episode_row_id, episode_id, episode_key, patient_id, pathway, timeline_version, performed_on, performed_at, fracture_on, cause, surgeon, approach, of_grade, genant, discharged_on, discharged_at, recorded_at, recorded_by, source)
select
    md5('e' || episode_id), episode_id, md5('f' || episode_id), patient_id, pathway, case pathway when 'kyphoplasty' then 'kyphoplasty-2026.1' else 'none' end,
    cast(left(performed_at, 10) as date), make_timestamp(epoch_us(cast(performed_at as timestamptz))), try_cast(fracture_on as date),
    cause, surgeon, approach, of_grade, genant, try_cast(left(discharged_at, 10) as date), make_timestamp(epoch_us(try_cast(discharged_at as timestamptz))),
    timestamp '2026-01-01', 'bench', 'bench'
from read_csv($folder || '/episodes.csv', all_varchar = true, header = true)
order by patient_id, performed_at
