insert into note by name
select
    note.* replace (
        md5(note_id || twin.number) as note_id,
        patient_id || '-t' || lpad(cast(twin.number as varchar), 4, '0') as patient_id,
        episode_id || '-t' || lpad(cast(twin.number as varchar), 4, '0') as episode_id,
        written_on - twin.days as written_on,
        written_at - to_days(twin.days) as written_at
    )
from note, (select number, cast(365 * (number % $years) as integer) as days from range(1, $times) as n (number)) as twin
order by patient_id, written_on
