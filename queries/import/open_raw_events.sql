-- question  Make the empty table for events just as they are read: every cell text, untrimmed.
-- grain     row_id
create or replace temp table raw_events (
    row_id bigint,
    file_no integer,
    line bigint,
    episode_id varchar,
    kind varchar,
    "on" varchar,
    level varchar,
    detail varchar
)
