-- question  Store the scores that were accepted, sorted by patient and day; the summary places them in their course.
-- grain     score_id
-- param     now          timestamp  2026-03-01 09:00:00     the instant of the import, UTC
-- param     recorded_by  varchar    import                  who imports
-- param     source       varchar    import                  where the rows come from
-- param     batch_id     varchar    20260301-090000-abcdef  the import
-- after     import/define_number_of
-- after     import/open_checks
-- after     import/settle
insert into score
select
    cast(uuidv7() as varchar),
    s.fields[1],
    null,
    s.fields[2],
    cast(s.fields[3][1:10] as date),
    try_cast(s.fields[3][12:] as timestamp),
    number_of(s.fields[4]),
    case when number_of(s.fields[4]) is null then s.fields[4] else 'done' end,
    s.fields[5],
    $now,
    coalesce(c.recorded_by, $recorded_by),
    coalesce(c.origin, $source),
    $batch_id,
    null,
    s.stored_id
from settled s
join checked c using (row_id)
where s.is_written
order by s.fields[1], s.fields[3], s.fields[2]
