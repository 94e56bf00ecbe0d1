-- question  Keep that an import was undone.
-- grain     batch_id
-- param     batch_id  varchar    20260301-090000-abcdef  the import
-- param     now       timestamp  2026-03-01 09:00:00     the instant of the undo, UTC
-- param     by        varchar    data manager            who undoes
-- param     why       varchar    null                    the reason given
-- after     import/settle_undo
insert into import_undo
select
    $batch_id,
    $now,
    $by,
    $why,
    count(*) filter (where fate = 'retracted'),
    count(*) filter (where fate = 'restored'),
    count(*) filter (where fate = 'kept')
from undo_fate
