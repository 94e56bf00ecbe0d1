-- question  Make the empty table of what became of each row.
-- grain     row_id
create or replace temp table outcome (
    row_id bigint,
    file_no integer,
    line bigint,
    outcome varchar,
    column_name varchar,
    value varchar,
    reason varchar
)
