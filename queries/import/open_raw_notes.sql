-- question  Make the empty table for notes just as they are read: every cell text, untrimmed.
-- grain     row_id
create or replace temp table raw_notes (
    row_id bigint,
    file_no integer,
    line bigint,
    episode_id varchar,
    written_at varchar,
    kind varchar,
    text varchar,
    author varchar,
    title varchar,
    filled varchar
)
