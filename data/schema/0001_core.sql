-- The facts, what arrived how, and the summary that pages read. Keys are held by validation inside the writer's
-- transaction, not by constraints, so that the same schema runs on DuckLake. Instants (…_at) are UTC without a zone;
-- dates (…_on) are days in the clinic's time zone.
create table store_meta (
    name varchar not null,
    value varchar not null
);

create table clinic (
    clinic_id varchar not null,
    name varchar not null,
    time_zone varchar not null,
    phone_in_hours varchar,
    phone_out_of_hours varchar,
    emergency_number varchar,
    amber_budget double not null default 5,
    pain_is_back_pain boolean not null default false,
    recorded_at timestamp not null,
    recorded_by varchar not null,
    source varchar not null,
    batch_id varchar,
    retracted_at timestamp,
    supersedes varchar
);

create table patient (
    patient_row_id varchar not null,
    patient_id varchar not null,
    patient_key varchar not null,
    birth_date varchar,
    sex varchar,
    clinic_id varchar not null,
    given_name varchar,
    family_name varchar,
    phone varchar,
    died_on date,
    recorded_at timestamp not null,
    recorded_by varchar not null,
    source varchar not null,
    batch_id varchar,
    retracted_at timestamp,
    supersedes varchar
);

create table episode (
    episode_row_id varchar not null,
    episode_id varchar not null,
    episode_key varchar not null,
    patient_id varchar not null,
    pathway varchar not null,
    timeline_version varchar not null,
    performed_on date not null,
    performed_at timestamp,
    fracture_on date,
    cause varchar,
    surgeon varchar,
    approach varchar,
    of_grade varchar,
    genant varchar,
    discharged_on date,
    discharged_at timestamp,
    tags varchar,
    recorded_at timestamp not null,
    recorded_by varchar not null,
    source varchar not null,
    batch_id varchar,
    retracted_at timestamp,
    supersedes varchar
);

create table treated_level (
    treated_level_id varchar not null,
    patient_id varchar not null,
    episode_id varchar not null,
    level varchar not null,
    cement_ml double,
    recorded_at timestamp not null,
    recorded_by varchar not null,
    source varchar not null,
    batch_id varchar,
    retracted_at timestamp,
    supersedes varchar
);

create table score (
    score_id varchar not null,
    patient_id varchar not null,
    episode_id varchar,
    instrument varchar not null,
    taken_on date not null,
    taken_at timestamp,
    value double,
    status varchar not null default 'done',
    context varchar,
    recorded_at timestamp not null,
    recorded_by varchar not null,
    source varchar not null,
    batch_id varchar,
    retracted_at timestamp,
    supersedes varchar
);

create table milestone_event (
    milestone_event_id varchar not null,
    patient_id varchar not null,
    episode_id varchar not null,
    milestone varchar not null,
    status varchar not null,
    happened_on date not null,
    happened_at timestamp,
    reported_by varchar,
    recorded_at timestamp not null,
    recorded_by varchar not null,
    source varchar not null,
    batch_id varchar,
    retracted_at timestamp,
    supersedes varchar
);

create table note (
    note_id varchar not null,
    patient_id varchar not null,
    episode_id varchar not null,
    kind varchar not null,
    written_on date not null,
    written_at timestamp,
    title varchar,
    text varchar not null,
    author varchar,
    recorded_at timestamp not null,
    recorded_by varchar not null,
    source varchar not null,
    batch_id varchar,
    retracted_at timestamp,
    supersedes varchar
);

create table event (
    event_id varchar not null,
    patient_id varchar not null,
    episode_id varchar not null,
    kind varchar not null,
    happened_on date not null,
    happened_at timestamp,
    level varchar,
    detail varchar,
    recorded_at timestamp not null,
    recorded_by varchar not null,
    source varchar not null,
    batch_id varchar,
    retracted_at timestamp,
    supersedes varchar
);

create table medication (
    medication_id varchar not null,
    patient_id varchar not null,
    episode_id varchar not null,
    drug varchar not null,
    started_on date not null,
    stopped_on date,
    dose double,
    unit varchar,
    opioid boolean,
    recorded_at timestamp not null,
    recorded_by varchar not null,
    source varchar not null,
    batch_id varchar,
    retracted_at timestamp,
    supersedes varchar
);

create table import_batch (
    batch_id varchar not null,
    started_at timestamp not null,
    finished_at timestamp not null,
    recorded_by varchar not null,
    replace_existing boolean not null,
    rows bigint not null,
    accepted bigint not null,
    unchanged bigint not null,
    ignored bigint not null,
    rejected bigint not null
);

create table import_file (
    batch_id varchar not null,
    file varchar not null,
    format varchar not null,
    rows bigint not null,
    accepted bigint not null,
    unchanged bigint not null,
    ignored bigint not null,
    rejected bigint not null
);

create table import_reject (
    batch_id varchar not null,
    file varchar not null,
    line bigint,
    column_name varchar,
    value varchar,
    reason varchar not null
);

-- One row a course: an episode, or a patient with no procedure yet (episode_id 'patient:<patient_id>'). Nothing here
-- depends on today; the verdict is computed from it and the date.
create table episode_summary (
    episode_id varchar not null,
    episode_key varchar not null,
    patient_id varchar not null,
    clinic_id varchar not null,
    surgeon varchar,
    pathway varchar,
    timeline_version varchar,
    performed_on date,
    performed_at timestamp,
    fracture_on date,
    levels varchar,
    died_on date,
    withdrew_on date,
    next_performed_on date,
    primary_instrument varchar,
    baseline double,
    baseline_on date,
    baseline_score_id varchar,
    first_score_on date,
    last_score_on date,
    daily_values struct(day integer, taken_on date, value double, score_id varchar)[] not null,
    milestones struct(milestone varchar, status varchar, happened_on date, milestone_event_id varchar)[] not null,
    events struct(kind varchar, happened_on date, detail varchar, event_id varchar)[] not null,
    medications struct(drug varchar, started_on date, stopped_on date, opioid boolean, bone boolean, medication_id varchar)[] not null,
    contact_on date[] not null
);
