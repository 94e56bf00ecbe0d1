-- question  When was something last written to this store?
-- grain     one row
-- column    stamped_at  timestamp  UTC; the latest of all changes, imports and undone imports
-- missing   null: nothing yet
select greatest(
    (select max(changed_at) from change),
    (select max(finished_at) from import_batch),
    (select max(undone_at) from import_undo)
) as stamped_at
