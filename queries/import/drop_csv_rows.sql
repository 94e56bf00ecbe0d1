-- question  Let go of the rows of a file that were read at once: they are kept, or are to be read in another way.
-- grain     rowid
-- after     import/read_csv_rows
drop table file_row
