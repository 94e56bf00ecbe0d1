-- question  Keep a chunk of milestones as it was read, cells trimmed and blank ones missing.
-- grain     row_id
-- after     import/define_cell
-- after     import/open_milestones
-- frame     incoming  row_id bigint, file_no integer, line bigint, episode_id varchar, milestone varchar, status varchar, "on" varchar, reported_by varchar
insert into staged_milestones
select
    row_id,
    file_no,
    line,
    cell(episode_id),
    cell(milestone),
    cell(status),
    cell("on"),
    cell(reported_by)
from incoming
