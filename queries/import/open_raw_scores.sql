-- question  Make the empty table for scores just as they are read: every cell text, untrimmed.
-- grain     row_id
create or replace temp table raw_scores (
    row_id bigint,
    file_no integer,
    line bigint,
    origin varchar,
    updated varchar,
    overrules varchar,
    patient_id varchar,
    episode_id varchar,
    taken_at varchar,
    instrument varchar,
    value varchar,
    unit varchar,
    unit_system varchar,
    status varchar,
    context varchar,
    recorded_by varchar,
    items varchar
)
