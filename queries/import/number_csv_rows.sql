-- question  Give each row of a text file its id and its line, and the columns of its kind that the file lacks.
-- grain     row_id
-- after     import/read_csv_rows
-- frame     template  patient_id varchar, taken_at varchar, instrument varchar
-- source    Rows are numbered as they were written, not always from 0: those of an open transaction from 2^55 or so
create or replace temp view incoming as
select
    first + place as row_id,
    file_no,
    header + 1 + place as line,
    * exclude (first, place, file_no, header)
from (
    from template
    union all by name
    select
        rowid - (select min(rowid) from file_row) as place,
        *
    from file_row
)
