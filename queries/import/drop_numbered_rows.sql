-- question  Let go of the numbers of a text file's rows: they are kept with the rows.
-- grain     row_id
-- after     import/number_csv_rows
drop view incoming
