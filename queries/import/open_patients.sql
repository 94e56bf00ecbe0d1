-- question  Make the empty table for the rows of patients.csv and FHIR Patient, as they are read: every cell text.
-- grain     row_id
create or replace temp table staged_patients (
    row_id bigint,
    file_no integer,
    line bigint,
    origin varchar,
    updated varchar,
    patient_id varchar,
    birth_date varchar,
    sex varchar,
    clinic varchar,
    clinic_name varchar,
    given_name varchar,
    family_name varchar,
    phone varchar,
    died_on varchar
)
