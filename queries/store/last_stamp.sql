-- question  When was something last written to this store?
-- grain     one row
-- column    stamped_at  timestamp  UTC; the latest of all changes, imports, undone imports and signatures
-- missing   null: nothing yet
select greatest(
    (select max(changed_at) from change),
    (select max(finished_at) from import_batch),
    (select max(undone_at) from import_undo),
    (select max(greatest(recorded_at, retracted_at)) from protocol_signature)
) as stamped_at
