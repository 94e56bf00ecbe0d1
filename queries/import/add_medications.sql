-- question  Store the medications that were accepted, sorted by patient and day.
-- grain     medication_id
-- param     now          timestamp  2026-03-01 09:00:00     the instant of the import, UTC
-- param     recorded_by  varchar    import                  who imports
-- param     source       varchar    import                  where the rows come from
-- param     batch_id     varchar    20260301-090000-abcdef  the import
-- after     import/open_checks
-- after     import/settle
insert into medication
select
    cast(uuidv7() as varchar),
    s.fields[1],
    s.fields[2],
    s.fields[3],
    cast(s.fields[4][1:10] as date),
    cast(s.fields[5][1:10] as date),
    cast(s.fields[6] as double),
    s.fields[7],
    coalesce(
        cast(s.fields[8] as boolean),
        (select any_value(d.drug_class = 'opioid') from drug d where d.drug = s.fields[3])
    ),
    $now,
    $recorded_by,
    coalesce(c.origin, $source),
    $batch_id,
    null,
    s.stored_id
from settled s
join checked c using (row_id)
where s.is_written
order by s.fields[1], s.fields[4], s.fields[3]
