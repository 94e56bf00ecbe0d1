-- question  Keep a chunk of events as it was read, cells trimmed and blank ones missing.
-- grain     row_id
insert into staged_events
select
    row_id, file_no, line,
    cell(episode_id),
    cell(kind),
    cell("on"),
    cell(level),
    cell(detail)
from incoming
