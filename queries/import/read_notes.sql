-- question  Keep a chunk of notes just as it was read.
-- grain     row_id
-- after     import/open_raw_notes
-- frame     incoming  row_id bigint, file_no integer, line bigint, episode_id varchar, written_at varchar, kind varchar, text varchar, author varchar, title varchar, filled varchar
insert into raw_notes
select
    row_id,
    file_no,
    line,
    episode_id,
    written_at,
    kind,
    text,
    author,
    title,
    filled
from incoming
