-- question  Make the empty table of the files of one import.
-- grain     file_no
create or replace temp table batch_file (
    file_no integer,
    file varchar,
    format varchar,
    rows bigint
)
