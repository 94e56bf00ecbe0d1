-- question  Make the empty table for the rows of scores.csv and FHIR Observation, as they are read: every cell text.
-- grain     row_id
create or replace temp table staged_scores (
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
