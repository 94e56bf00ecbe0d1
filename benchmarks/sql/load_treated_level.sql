insert into treated_level (treated_level_id, patient_id, episode_id, level, cement_ml, recorded_at, recorded_by, source)
select md5('l' || episode_id || level), patient_id, episode_id, level, try_cast(cement as double), timestamp '2026-01-01', 'bench', 'bench'
from (
    select episode_id, patient_id, unnest(string_split(levels, ';')) as level, unnest(string_split(cement_ml, ';')) as cement
    from read_csv($folder || '/episodes.csv', all_varchar = true, header = true)
)
order by patient_id, episode_id, level
