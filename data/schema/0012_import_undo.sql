-- That an import was undone: by whom, why, and how many rows it took back, brought back and left.
create table import_undo (
    batch_id varchar not null, undone_at timestamp not null, undone_by varchar not null, why varchar,
    retracted bigint not null, restored bigint not null, kept bigint not null
);
