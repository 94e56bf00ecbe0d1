-- question  How many rows of each file of one import ended how?
-- grain     file
-- param     batch_id   varchar  20260301-090000-abcdef  the import
-- column    file       varchar  path below the folder given, or the file's name
-- column    format     varchar  csv, parquet, fhir or unknown
-- column    rows       bigint   rows read
-- column    accepted   bigint   stored
-- column    unchanged  bigint   already there
-- column    ignored    bigint   of a kind that isn't used
-- column    rejected   bigint   not stored, each with its reason
-- missing   no row: no such import
select file, format, rows, accepted, unchanged, ignored, rejected
from import_file
where batch_id = $batch_id
order by file
