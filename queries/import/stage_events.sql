-- question  Keep a chunk of events as it was read, cells trimmed and blank ones missing.
-- grain     row_id
-- after     import/define_cell
-- after     import/open_events
-- frame     incoming  row_id bigint, file_no integer, line bigint, episode_id varchar, kind varchar, "on" varchar, level varchar, detail varchar
insert into staged_events
select
    row_id,
    file_no,
    line,
    cell(episode_id),
    cell(kind),
    cell("on"),
    cell(level),
    cell(detail)
from incoming
