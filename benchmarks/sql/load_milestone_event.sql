insert into milestone_event (milestone_event_id, patient_id, episode_id, milestone, status, happened_on, reported_by, recorded_at, recorded_by, source)
select md5('m' || f.episode_id || f.milestone || f.status || f."on"), e.patient_id, f.episode_id, f.milestone, f.status, cast(f."on" as date), f.reported_by, timestamp '2026-01-01', 'bench', 'bench'
from read_csv($folder || '/milestones.csv', all_varchar = true, header = true) as f
join episode as e using (episode_id)
order by e.patient_id, f."on"
