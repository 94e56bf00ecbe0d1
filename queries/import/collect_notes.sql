-- question  What is stored now about the notes of this import?
-- grain     stored_id
-- after     import/open_checks
create or replace temp table stored as
select
    note_id as stored_id,
    concat_ws(chr(31), episode_id, kind, written_on || coalesce(' ' || written_at, ''), text) as key,
    cast(null as varchar) as origin,
    patient_id,
    [
        patient_id, episode_id, kind, written_on || coalesce(' ' || written_at, ''), title, text, author
    ] as fields
from note
where retracted_at is null
    and patient_id in (select patient_id from checked)
