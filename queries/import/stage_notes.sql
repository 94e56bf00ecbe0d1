-- question  Keep a chunk of notes as it was read, cells trimmed and blank ones missing.
-- grain     row_id
insert into staged_notes
select
    row_id, file_no, line,
    cell(episode_id),
    cell(written_at),
    cell(kind),
    cell(text),
    cell(author),
    cell(title)
from incoming
