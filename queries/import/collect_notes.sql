-- question  What is stored about the notes of this import, now and before staff corrected it or took it back?
-- grain     stored_id
-- after     import/open_checks
create or replace temp table stored as
select
    note_id as stored_id,
    concat_ws(chr(31), episode_id, kind, written_on || coalesce(' ' || written_at, ''), text) as key,
    cast(null as varchar) as origin,
    patient_id,
    retracted_at,
    [
        patient_id, episode_id, kind, written_on || coalesce(' ' || written_at, ''), title, text, author,
        cast(to_json(fields) as varchar)
    ] as fields
from note
where (retracted_at is null or batch_id is not null and note_id in (select previous_id from change))
    and patient_id in (select patient_id from checked)
