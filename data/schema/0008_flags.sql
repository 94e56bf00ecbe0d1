-- Flags: each unbroken run of days on which an attention rule holds, what was done about it, and with which answers.
create table flag_run (
    patient_id varchar not null,
    episode_id varchar not null,
    rule varchar not null,
    subject varchar not null,
    verdict varchar not null,
    raised_on date not null,
    cleared_on date,
    known_at timestamp not null,
    fact_ids varchar[] not null
);

create table flag_stale (
    patient_id varchar not null
);

create table flag_action (
    flag_action_id varchar not null,
    patient_id varchar not null,
    episode_id varchar not null,
    rule varchar not null,
    subject varchar not null,
    on_date date not null,
    action varchar not null,
    answer varchar,
    words varchar,
    owner varchar,
    due_on date,
    recorded_at timestamp not null,
    recorded_by varchar not null,
    source varchar not null,
    batch_id varchar,
    retracted_at timestamp,
    supersedes varchar
);

create table flag_answer (
    answer varchar not null,
    action varchar not null,
    turn integer not null,
    label varchar not null,
    source varchar not null,
    confidence varchar not null,
    reviewed_by varchar
);

create table flag_state (
    state varchar not null,
    action varchar,
    label varchar not null,
    mark varchar not null,
    needs_answer boolean not null,
    source varchar not null,
    confidence varchar not null,
    reviewed_by varchar
);

alter table worklist_line add column in_hand varchar;

insert into flag_stale
select distinct patient_id
from patient;
