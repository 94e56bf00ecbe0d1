insert into note (note_id, patient_id, episode_id, kind, written_on, written_at, title, text, author, recorded_at, recorded_by, source)
select md5('n' || f.episode_id || f.written_at || f.text), e.patient_id, f.episode_id, f.kind, cast(left(f.written_at, 10) as date), make_timestamp(epoch_us(cast(f.written_at as timestamptz))), f.title, f.text, f.author, timestamp '2026-01-01', 'bench', 'bench'
from read_csv($folder || '/notes.csv', all_varchar = true, header = true) as f
join episode as e using (episode_id)
order by e.patient_id, f.written_at
