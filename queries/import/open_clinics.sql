-- question  Make the empty table for the rows of clinics.csv, as they are read: every cell text.
-- grain     row_id
create or replace temp table staged_clinics (
    row_id bigint,
    file_no integer,
    line bigint,
    clinic varchar,
    name varchar,
    time_zone varchar,
    phone_in_hours varchar,
    phone_out_of_hours varchar,
    emergency_number varchar,
    amber_budget varchar,
    pain_is_back_pain varchar
)
