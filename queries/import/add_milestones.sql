-- question  Store the milestones that were accepted, sorted by patient and day.
-- grain     milestone_event_id
-- param     now          timestamp  2026-03-01 09:00:00     the instant of the import, UTC
-- param     recorded_by  varchar    import                  who imports
-- param     source       varchar    import                  where the rows come from
-- param     batch_id     varchar    20260301-090000-abcdef  the import
-- after     import/settle
insert into milestone_event
select
    cast(uuidv7() as varchar),
    fields[1],
    fields[2],
    fields[3],
    fields[5],
    cast(fields[4][1:10] as date),
    try_cast(fields[4][12:] as timestamp),
    fields[6],
    $now,
    $recorded_by,
    $source,
    $batch_id,
    null,
    stored_id
from settled
where is_written
order by fields[1], fields[4], fields[3]
