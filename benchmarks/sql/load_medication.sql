insert into medication (medication_id, patient_id, episode_id, drug, started_on, stopped_on, dose, unit, opioid, recorded_at, recorded_by, source)
select md5('d' || f.episode_id || f.drug || f.started_on), e.patient_id, f.episode_id, f.drug, cast(f.started_on as date), try_cast(f.stopped_on as date), try_cast(f.dose as double), f.unit, cast(f.opioid as boolean), timestamp '2026-01-01', 'bench', 'bench'
from read_csv($folder || '/medications.csv', all_varchar = true, header = true) as f
join episode as e using (episode_id)
order by e.patient_id, f.started_on
