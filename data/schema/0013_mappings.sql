-- Saved mappings, by name and version; which of them an import used; the words by which a proposal knows a column.
create table mapping (
    name varchar not null, version integer not null, digest varchar not null, yaml varchar not null,
    saved_at timestamp not null, saved_by varchar not null
);
create table import_mapping (
    batch_id varchar not null, name varchar not null, version integer not null, digest varchar not null
);
create table column_hint (
    kind varchar not null, field varchar not null, pattern varchar not null, instrument varchar,
    source varchar not null, confidence varchar not null, reviewed_by varchar
);
