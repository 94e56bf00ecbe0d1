-- Who has signed which timeline, for which clinic, and of what content. A signature is a fact: withdrawn, never erased.
create table protocol_signature (
    protocol_signature_id varchar not null,
    timeline_version varchar not null,
    clinic_id varchar,
    signed_name varchar not null,
    signed_title varchar not null,
    content_digest varchar not null,
    recorded_at timestamp not null,
    recorded_by varchar not null,
    source varchar not null,
    batch_id varchar,
    retracted_at timestamp,
    retracted_by varchar,
    retracted_why varchar,
    supersedes varchar
);
