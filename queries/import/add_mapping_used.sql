-- question  Keep which mapping an import used.
-- grain     batch_id, digest
-- param     batch_id  varchar  20260301-090000-abcdef  the import
-- param     mapping   varchar  throat-trial            the mapping
-- param     version   integer  1                       its version
-- param     digest    varchar  0a1b2c                  the hash of what it said
insert into import_mapping
select $batch_id, $mapping, $version, $digest
