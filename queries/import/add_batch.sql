-- question  Keep that an import was made, by whom, and how its rows ended in all.
-- grain     batch_id
-- param     batch_id     varchar    20260301-090000-abcdef  the import
-- param     started_at   timestamp  2026-03-01 09:00:00     UTC
-- param     finished_at  timestamp  2026-03-01 09:00:30     UTC
-- param     recorded_by  varchar    import                  who imported
-- param     replace      boolean    false                   whether different values superseded the stored ones
insert into import_batch
select
    $batch_id,
    $started_at,
    $finished_at,
    $recorded_by,
    $replace,
    coalesce(sum(rows), 0),
    coalesce(sum(accepted), 0),
    coalesce(sum(unchanged), 0),
    coalesce(sum(ignored), 0),
    coalesce(sum(rejected), 0)
from import_file
where batch_id = $batch_id
