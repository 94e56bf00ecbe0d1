-- question  Keep what became of rows that the reader settled itself: ignored kinds and rows that can't be read.
-- grain     row_id
insert into outcome
select row_id, file_no, line, outcome, column_name, value, reason
from incoming
