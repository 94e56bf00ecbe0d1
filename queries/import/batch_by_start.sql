-- question  Which imports were there, and how did they end?
-- grain     batch_id
-- column    batch_id     varchar    the import, as `rejects` wants it
-- column    started_at   timestamp  when it began, UTC
-- column    finished_at  timestamp  when it was stored, UTC
-- column    recorded_by  varchar    who ran it
-- column    rows         bigint     rows read
-- column    accepted     bigint     rows stored
-- column    unchanged    bigint     rows that were there already
-- column    ignored      bigint     rows of a kind that isn't used
-- column    rejected     bigint     rows turned away
-- column    undone_at    timestamp  when it was undone, UTC
-- column    undone_by    varchar    by whom
-- missing   no row: nothing was imported yet; undone_at null: it stands
select
    b.batch_id,
    b.started_at,
    b.finished_at,
    b.recorded_by,
    b.rows,
    b.accepted,
    b.unchanged,
    b.ignored,
    b.rejected,
    u.undone_at,
    u.undone_by
from import_batch b
left join import_undo u using (batch_id)
order by b.started_at desc, b.batch_id
