-- question  Make the empty table for the rows of events.csv, as they are read: every cell text.
-- grain     row_id
create or replace temp table staged_events (
    row_id bigint,
    file_no integer,
    line bigint,
    episode_id varchar,
    kind varchar,
    "on" varchar,
    level varchar,
    detail varchar
)
