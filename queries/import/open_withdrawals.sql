-- question  Make the empty table for the rows of FHIR resources that were entered in error, as they are read: every cell text.
-- grain     row_id
create or replace temp table staged_withdrawals (
    row_id bigint,
    file_no integer,
    line bigint,
    origin varchar
)
