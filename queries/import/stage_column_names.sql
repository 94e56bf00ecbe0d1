-- question  Keep what the file itself calls the columns of a run of staged rows.
-- grain     first_row, column_name
-- after     import/open_column_names
-- frame     incoming  first_row bigint, last_row bigint, column_name varchar, told varchar
insert into column_name_told
select first_row, last_row, column_name, told
from incoming
