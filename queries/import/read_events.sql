-- question  Keep a chunk of events just as it was read.
-- grain     row_id
-- after     import/open_raw_events
-- frame     incoming  row_id bigint, file_no integer, line bigint, episode_id varchar, kind varchar, "on" varchar, level varchar, detail varchar
insert into raw_events
select
    row_id,
    file_no,
    line,
    episode_id,
    kind,
    "on",
    level,
    detail
from incoming
