-- question  Keep a chunk of milestones as it was read, cells trimmed and blank ones missing.
-- grain     row_id
insert into staged_milestones
select
    row_id, file_no, line,
    cell(episode_id),
    cell(milestone),
    cell(status),
    cell("on"),
    cell(reported_by)
from incoming
