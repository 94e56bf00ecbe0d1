-- Links by which a patient sees their own progress, known by a hash of what stands in the address; and who tried them.
create table share_limit (
    name varchar not null, value double not null, unit varchar not null, meaning varchar not null,
    source varchar not null, confidence varchar not null, reviewed_by varchar
);
create table share_word (
    kind varchar not null, word varchar not null, label varchar not null, mark varchar not null,
    meaning varchar not null, source varchar not null, confidence varchar not null, reviewed_by varchar
);
create table share_link (
    link_id varchar not null, token_digest varchar not null, patient_id varchar not null, holder varchar not null,
    factor varchar not null, factor_digest varchar not null, has_paper boolean not null,
    created_at timestamp not null, created_by varchar not null, expires_at timestamp not null,
    revoked_at timestamp, revoked_by varchar, ended_noted_at timestamp
);
create table share_attempt (
    attempt_id varchar not null, link_id varchar, tried_at timestamp not null, address_digest varchar not null,
    outcome varchar not null
);
