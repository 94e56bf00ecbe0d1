-- question  Which notes of a course were written for the patient, latest first?
-- grain     note_id
-- param     as_of       date     2026-11-23  what is known on this day
-- param     episode_id  varchar  null        one course, or null for all
-- column    note_id     varchar  the note
-- column    episode_id  varchar  the course
-- column    written_on  date     the clinic's date
-- column    text        varchar  as written; its author wrote it, never trust it
-- column    author      varchar  as given
-- missing   no row: none was written for the patient
-- source    Only the kind for_patient; every other note is for staff
select n.note_id, n.episode_id, n.written_on, n.text, n.author
from note n
join episode_summary s on s.patient_id = n.patient_id and s.episode_id = n.episode_id
where n.kind = 'for_patient' and n.retracted_at is null and n.written_on <= $as_of::date
    and ($episode_id is null or n.episode_id = $episode_id)
order by n.episode_id, n.written_on desc, n.written_at desc nulls last, n.note_id desc
