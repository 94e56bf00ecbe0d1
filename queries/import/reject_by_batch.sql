-- question  Which rows of one import were rejected, and why?
-- grain     file, line, column_name, value, reason
-- param     batch_id     varchar  20260301-090000-abcdef  the import
-- column    file         varchar  path below the folder given, or the file's name
-- column    line         bigint   line in the file, 1 is the header; missing where none can be told
-- column    column_name  varchar  the column or element at fault
-- column    value        varchar  what it says, at most 200 characters
-- column    reason       varchar  what is wrong and what to do
-- missing   no row: no such import, or nothing was rejected
select file, line, column_name, value, reason
from import_reject
where batch_id = $batch_id
order by file, line, column_name, value, reason
