-- question  Take the notes that aren't clear to be looked at one by one, cells trimmed and blank ones missing.
-- grain     row_id
-- after     import/define_cell
-- after     import/open_notes
-- after     import/clear_notes
-- after     import/make_doubtful
insert into staged_notes
select
    row_id,
    file_no,
    line,
    cell(episode_id),
    cell(written_at),
    cell(kind),
    cell(text),
    cell(author),
    cell(title),
    cell(filled)
from raw_notes
where row_id in (select row_id from doubtful)
