-- question  Make the empty table for medications just as they are read: every cell text, untrimmed.
-- grain     row_id
create or replace temp table raw_medications (
    row_id bigint,
    file_no integer,
    line bigint,
    origin varchar,
    updated varchar,
    patient_id varchar,
    episode_id varchar,
    drug varchar,
    started_on varchar,
    stopped_on varchar,
    dose varchar,
    unit varchar,
    opioid varchar
)
