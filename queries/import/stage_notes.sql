-- question  Keep a chunk of notes as it was read, cells trimmed and blank ones missing.
-- grain     row_id
-- after     import/define_cell
-- after     import/open_notes
-- frame     incoming  row_id bigint, file_no integer, line bigint, episode_id varchar, written_at varchar, kind varchar, text varchar, author varchar, title varchar, filled varchar
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
from incoming
