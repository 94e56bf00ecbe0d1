-- question  How many rows of a file were read at once?
-- grain     one row
-- after     import/read_csv_rows
-- column    rows  bigint  how many
-- missing   0: none
select count(*) as rows
from file_row
