-- question  Read the rows of a text file at once, in the order of its lines, cells as they stand there.
-- grain     rowid
-- param     path       varchar  data/reference/instrument.csv     the file
-- param     columns    struct(patient_id varchar, taken_at varchar)  {'patient_id': 'varchar', 'taken_at': 'varchar'}  what each of its columns is called
-- param     delimiter  varchar  ,  what stands between cells
-- param     header     bigint   1  the line of the header
-- param     first      bigint   1  the id of the first row
-- param     file_no    integer  0  the file
-- param     longest    bigint   1000000  the longest line that is read, in bytes
-- source    A row that isn't one whole line with a cell for each column is left out: whoever asks must count. No window numbers the rows, as that would be done by one thread
create or replace temp table file_row as
select
    $first as first,
    $file_no as file_no,
    $header as header,
    *
from read_csv(
    $path,
    columns = $columns,
    delim = $delimiter,
    skip = $header,
    quote = '"',
    escape = '"',
    header = false,
    auto_detect = false,
    strict_mode = true,
    null_padding = false,
    ignore_errors = true,
    max_line_size = $longest
)
