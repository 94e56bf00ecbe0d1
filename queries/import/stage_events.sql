-- question  Take the events that aren't clear to be looked at one by one, cells trimmed and blank ones missing.
-- grain     row_id
-- after     import/define_cell
-- after     import/open_events
-- after     import/clear_events
-- after     import/make_doubtful
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
from raw_events
where row_id in (select row_id from doubtful)
