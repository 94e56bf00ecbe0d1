-- question  Make the empty table for milestones just as they are read: every cell text, untrimmed.
-- grain     row_id
create or replace temp table raw_milestones (
    row_id bigint,
    file_no integer,
    line bigint,
    episode_id varchar,
    milestone varchar,
    status varchar,
    "on" varchar,
    reported_by varchar
)
