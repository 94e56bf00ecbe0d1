-- question  Make the empty table for the rows of milestones.csv, as they are read: every cell text.
-- grain     row_id
create or replace temp table staged_milestones (
    row_id bigint,
    file_no integer,
    line bigint,
    episode_id varchar,
    milestone varchar,
    status varchar,
    "on" varchar,
    reported_by varchar
)
