-- question  Make the empty table of checked rows: what each row says, by what it is known, and what is wrong with it.
-- grain     row_id
-- source    key: the natural key as one text. fields: what is said, column by column, null where nothing is said.
create or replace temp table checked (
    row_id bigint,
    file_no integer,
    line bigint,
    origin varchar,
    overrules boolean,
    patient_id varchar,
    recorded_by varchar,
    key varchar,
    fields varchar[],
    column_name varchar,
    value varchar,
    reason varchar
)
