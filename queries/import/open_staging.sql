-- question  Make the empty tables into which the files of one import are read, all cells as text.
-- grain     row_id
create or replace temp table batch_file (file_no integer, file varchar, format varchar, rows bigint);
create or replace temp table outcome (
    row_id bigint, file_no integer, line bigint, outcome varchar, column_name varchar, value varchar, reason varchar
);
create or replace temp table staged_clinics (
    row_id bigint, file_no integer, line bigint, clinic varchar, name varchar, time_zone varchar, phone_in_hours varchar,
    phone_out_of_hours varchar, emergency_number varchar, amber_budget varchar, pain_is_back_pain varchar
);
create or replace temp table staged_patients (
    row_id bigint, file_no integer, line bigint, origin varchar, updated varchar, patient_id varchar, birth_date varchar,
    sex varchar, clinic varchar, clinic_name varchar, given_name varchar, family_name varchar, phone varchar, died_on varchar
);
create or replace temp table staged_episodes (
    row_id bigint, file_no integer, line bigint, origin varchar, updated varchar, episode_id varchar, patient_id varchar,
    performed_at varchar, levels varchar, pathway varchar, fracture_on varchar, cause varchar, surgeon varchar,
    approach varchar, of_grade varchar, genant varchar, cement_ml varchar, discharged_at varchar, timeline_version varchar,
    tags varchar
);
create or replace temp table staged_conditions (
    row_id bigint, file_no integer, line bigint, origin varchar, patient_id varchar, onset varchar, cause varchar,
    gives_fracture_on varchar, within_days varchar
);
create or replace temp table staged_withdrawals (
    row_id bigint, file_no integer, line bigint, origin varchar
);
create or replace temp table staged_scores (
    row_id bigint, file_no integer, line bigint, origin varchar, updated varchar, overrules varchar, patient_id varchar,
    episode_id varchar, taken_at varchar, instrument varchar, value varchar, unit varchar, status varchar, context varchar,
    recorded_by varchar
);
create or replace temp table staged_milestones (
    row_id bigint, file_no integer, line bigint, episode_id varchar, milestone varchar, status varchar, "on" varchar,
    reported_by varchar
);
create or replace temp table staged_notes (
    row_id bigint, file_no integer, line bigint, episode_id varchar, written_at varchar, kind varchar, text varchar,
    author varchar, title varchar
);
create or replace temp table staged_events (
    row_id bigint, file_no integer, line bigint, episode_id varchar, kind varchar, "on" varchar, level varchar,
    detail varchar
);
create or replace temp table staged_medications (
    row_id bigint, file_no integer, line bigint, episode_id varchar, drug varchar, started_on varchar, stopped_on varchar,
    dose varchar, unit varchar, opioid varchar
);
