-- Every look at a patient and every act on record: rows are only ever added, each holds the hash of the one before it.
create table audit_kind (
    event varchar not null, label varchar not null, meaning varchar not null,
    source varchar not null, confidence varchar not null, reviewed_by varchar
);
create table audit_event (
    seq bigint not null, happened_at timestamp not null, event varchar not null, actor varchar not null,
    role varchar not null, clinic_id varchar, object_kind varchar, object_key varchar, result varchar not null,
    session varchar, address varchar, request_id varchar, previous_hash varchar not null, hash varchar not null
);
