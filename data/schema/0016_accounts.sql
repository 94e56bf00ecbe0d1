-- Who may come in, in which role and for which clinics; and their sessions, known by the hash of what the browser holds.
create table account (
    account_id varchar not null, issuer varchar not null, subject varchar not null, role varchar not null,
    clinics varchar[], is_disabled boolean not null default false,
    changed_at timestamp not null, changed_by varchar not null, replaced_at timestamp
);
create table account_session (
    session varchar not null, account_id varchar not null, address varchar, started_at timestamp not null,
    seen_at timestamp not null, ends_at timestamp not null, ended_at timestamp, ended_why varchar
);
