-- Follow-ups: the states of a planned visit, what an answer is worth, and every attempt to reach a patient.
create table visit_state (state varchar not null, turn integer not null, label varchar not null, mark varchar not null, is_due boolean not null, meaning varchar not null, source varchar not null, confidence varchar not null, reviewed_by varchar);

create table call_value (name varchar not null, kind varchar not null, value double not null, words varchar, meaning varchar not null, source varchar not null, confidence varchar not null, reviewed_by varchar);

create table contact_outcome (outcome varchar not null, turn integer not null, label varchar not null, ends varchar, rest_days integer not null, asks_date boolean not null, meaning varchar not null, source varchar not null, confidence varchar not null, reviewed_by varchar);

create table followup_aim (visit varchar not null, share double not null, meaning varchar not null, source varchar not null, confidence varchar not null, reviewed_by varchar);

create table contact_attempt (
    contact_attempt_id varchar not null,
    patient_id varchar not null,
    episode_id varchar not null,
    visit varchar not null,
    attempted_on date not null,
    attempted_at timestamp,
    outcome varchar not null,
    call_back_on date,
    detail varchar,
    recorded_at timestamp not null,
    recorded_by varchar not null,
    source varchar not null,
    batch_id varchar,
    retracted_at timestamp,
    supersedes varchar
);
