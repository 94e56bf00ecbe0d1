-- question  Make the empty table for the rows of notes.csv, as they are read: every cell text.
-- grain     row_id
create or replace temp table staged_notes (
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
