-- question  Store the notes that were accepted, sorted by patient and day.
-- grain     note_id
-- param     now          timestamp  2026-03-01 09:00:00     the instant of the import, UTC
-- param     recorded_by  varchar    import                  who imports
-- param     source       varchar    import                  where the rows come from
-- param     batch_id     varchar    20260301-090000-abcdef  the import
-- after     import/settle
insert into note
select
    cast(uuidv7() as varchar),
    fields[1],
    fields[2],
    fields[3],
    cast(fields[4][1:10] as date),
    try_cast(fields[4][12:] as timestamp),
    fields[5],
    fields[6],
    fields[7],
    $now,
    $recorded_by,
    $source,
    $batch_id,
    null,
    stored_id,
    cast(cast(fields[8] as json) as map(varchar, varchar))
from settled
where is_written
order by fields[1], fields[4], fields[3]
