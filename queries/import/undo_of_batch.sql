-- question  Was there such an import, and was it undone?
-- grain     one row
-- param     batch_id  varchar  20260301-090000-abcdef  the import
-- column    batch_id     varchar    the import
-- column    started_at   timestamp  when it began, UTC
-- column    recorded_by  varchar    who ran it
-- column    accepted     bigint     rows that it stored
-- column    undone_at    timestamp  when it was undone, UTC
-- column    undone_by    varchar    by whom
-- missing   no row: no such import; undone_at null: it stands
select
    b.batch_id,
    b.started_at,
    b.recorded_by,
    b.accepted,
    u.undone_at,
    u.undone_by
from import_batch b
left join import_undo u using (batch_id)
where b.batch_id = $batch_id
