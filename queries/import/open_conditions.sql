-- question  Make the empty table for the rows of FHIR conditions, as they are read: every cell text.
-- grain     row_id
create or replace temp table staged_conditions (
    row_id bigint,
    file_no integer,
    line bigint,
    origin varchar,
    patient_id varchar,
    onset varchar,
    cause varchar,
    dates_fracture varchar,
    within_days varchar
)
