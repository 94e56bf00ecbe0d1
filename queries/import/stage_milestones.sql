-- question  Take the milestones that aren't clear to be looked at one by one, cells trimmed and blank ones missing.
-- grain     row_id
-- after     import/define_cell
-- after     import/open_milestones
-- after     import/clear_milestones
-- after     import/make_doubtful
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
from raw_milestones
where row_id in (select row_id from doubtful)
