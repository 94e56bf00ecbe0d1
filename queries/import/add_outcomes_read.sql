-- question  Keep what became of rows that the reader settled itself: ignored kinds and rows that can't be read.
-- grain     row_id
-- after     import/open_outcomes
-- frame     incoming  row_id bigint, file_no integer, line bigint, outcome varchar, column_name varchar, value varchar, reason varchar
insert into outcome
select row_id, file_no, line, outcome, column_name, value, reason
from incoming
