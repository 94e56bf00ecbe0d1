-- question  Store the structured notes of made-up patients.
-- grain     note_id
-- param     recorded_at  timestamp  2026-11-23 09:00:00  the instant of the write, UTC
-- frame     made_notes  episode_id varchar, kind varchar, written_on date, author varchar, field varchar[], value varchar[]
insert into note by name
select
    m.episode_id || '-' || m.kind || '-' || m.written_on as note_id,
    e.patient_id,
    m.episode_id,
    m.kind,
    m.written_on,
    '' as text,
    m.author,
    map(m.field, m.value) as fields,
    $recorded_at as recorded_at,
    'demo' as recorded_by,
    'demo' as source
from made_notes m
join episode e on e.episode_id = m.episode_id and e.retracted_at is null
order by e.patient_id, m.written_on
