-- question  Keep a chunk of milestones just as it was read.
-- grain     row_id
-- after     import/open_raw_milestones
-- frame     incoming  row_id bigint, file_no integer, line bigint, episode_id varchar, milestone varchar, status varchar, "on" varchar, reported_by varchar
insert into raw_milestones
select
    row_id,
    file_no,
    line,
    episode_id,
    milestone,
    status,
    "on",
    reported_by
from incoming
