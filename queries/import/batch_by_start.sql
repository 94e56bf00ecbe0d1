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
-- missing   no row: nothing was imported yet
select
    batch_id,
    started_at,
    finished_at,
    recorded_by,
    rows,
    accepted,
    unchanged,
    ignored,
    rejected
from import_batch
order by started_at desc, batch_id
