insert into event (event_id, patient_id, episode_id, kind, happened_on, level, detail, recorded_at, recorded_by, source)
select md5('v' || f.episode_id || f.kind || f."on" || coalesce(f.detail, '')), e.patient_id, f.episode_id, f.kind, cast(f."on" as date), f.level, f.detail, timestamp '2026-01-01', 'bench', 'bench'
from read_csv($folder || '/events.csv', all_varchar = true, header = true) as f
join episode as e using (episode_id)
order by e.patient_id, f."on"
