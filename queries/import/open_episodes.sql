-- question  Make the empty table for the rows of episodes.csv and FHIR Procedure, as they are read: every cell text.
-- grain     row_id
create or replace temp table staged_episodes (
    row_id bigint,
    file_no integer,
    line bigint,
    origin varchar,
    updated varchar,
    episode_id varchar,
    patient_id varchar,
    performed_at varchar,
    levels varchar,
    pathway varchar,
    fracture_on varchar,
    cause varchar,
    surgeon varchar,
    approach varchar,
    of_grade varchar,
    genant varchar,
    cement_ml varchar,
    discharged_at varchar,
    timeline_version varchar,
    tags varchar
)
