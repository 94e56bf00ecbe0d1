-- question  Make the empty table for the rows of medications.csv, as they are read: every cell text.
-- grain     row_id
create or replace temp table staged_medications (
    row_id bigint,
    file_no integer,
    line bigint,
    episode_id varchar,
    drug varchar,
    started_on varchar,
    stopped_on varchar,
    dose varchar,
    unit varchar,
    opioid varchar
)
