insert into note by name
select
    note.* replace (
        md5(note_id || twin.number) as note_id,
        patient_id || '-t' || lpad(cast(twin.number as varchar), 4, '0') as patient_id,
        episode_id || '-t' || lpad(cast(twin.number as varchar), 4, '0') as episode_id
    )
from note, range(1, $times) as twin (number)
order by patient_id, written_on
