-- question  Make the empty table of what files themselves call the columns that a mapping read.
-- grain     first_row, column_name
create or replace temp table column_name_told (
    first_row bigint,
    last_row bigint,
    column_name varchar,
    told varchar
)
