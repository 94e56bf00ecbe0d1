-- question  What was last entered and last imported into this store?
-- grain     one row
-- column    changes           bigint     actions in the change history
-- column    last_change_id    varchar    the latest of them
-- column    last_changed_at   timestamp  UTC
-- column    imports           bigint     imports that were stored
-- column    last_batch_id     varchar    the latest of them
-- column    last_imported_at  timestamp  UTC
-- missing   null: nothing yet
select
    c.changes,
    c.last_change_id,
    c.last_changed_at,
    b.imports,
    b.last_batch_id,
    b.last_imported_at
from (
    select
        count(*) as changes,
        arg_max(change_id, (changed_at, change_id)) as last_change_id,
        max(changed_at) as last_changed_at
    from change
) c
cross join (
    select
        count(*) as imports,
        arg_max(batch_id, finished_at) as last_batch_id,
        max(finished_at) as last_imported_at
    from import_batch
) b
