-- question  Keep which files one import reads.
-- grain     file_no
-- after     import/open_files
-- frame     incoming  file_no integer, file varchar, format varchar, rows bigint
insert into batch_file
select file_no, file, format, rows
from incoming
