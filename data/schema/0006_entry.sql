-- What people enter: every action in one history, fields of structured notes, drafts kept per user, and the rules of entry.
create table change (
    change_id varchar not null,
    entry_id varchar not null,
    changed_at timestamp not null,
    changed_by varchar not null,
    action varchar not null,
    kind varchar not null,
    patient_id varchar not null,
    episode_id varchar not null,
    previous_id varchar,
    fact_id varchar,
    why varchar,
    undoes varchar
);

create table draft (
    user_name varchar not null,
    episode_id varchar not null,
    form varchar not null,
    field varchar not null,
    value varchar not null,
    saved_at timestamp not null
);

alter table note add column fields map(varchar, varchar);

create table entry_rule (rule varchar not null, kind varchar not null, field varchar not null, severity varchar not null, limit_value double, template varchar not null, source varchar not null, confidence varchar not null, reviewed_by varchar);
