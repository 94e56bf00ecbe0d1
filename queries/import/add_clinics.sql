-- question  Store the clinics that were accepted.
-- grain     clinic_id
-- param     now          timestamp  2026-03-01 09:00:00     the instant of the import, UTC
-- param     recorded_by  varchar    import                  who imports
-- param     source       varchar    import                  where the rows come from
-- param     batch_id     varchar    20260301-090000-abcdef  the import
-- after     import/settle
insert into clinic
select
    key,
    coalesce(fields[1], key),
    fields[2],
    fields[3],
    fields[4],
    fields[5],
    coalesce(cast(fields[6] as double), 5),
    coalesce(cast(fields[7] as boolean), false),
    $now,
    $recorded_by,
    $source,
    $batch_id,
    null,
    stored_id
from settled
where is_written
order by key
