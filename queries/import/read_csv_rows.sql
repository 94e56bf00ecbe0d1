-- question  Read the rows of a text file at once, each with its line, cells as they stand there.
-- grain     row_id
-- param     path       varchar  data/reference/instrument.csv     the file
-- param     columns    struct(patient_id varchar, taken_at varchar)  {'patient_id': 'varchar', 'taken_at': 'varchar'}  what each of its columns is called
-- param     delimiter  varchar  ,  what stands between cells
-- param     header     bigint   1  the line of the header
-- param     first      bigint   1  the id of the first row
-- param     file_no    integer  0  the file
-- param     longest    bigint   1000000  the longest line that is read, in bytes
-- frame     template  patient_id varchar, taken_at varchar, instrument varchar
-- source    A row that isn't one whole line with a cell for each column is left out: whoever asks must count
create or replace temp table incoming as
select
    $first + row_number() over () - 1 as row_id,
    $file_no as file_no,
    $header + row_number() over () as line,
    *
from (
    from template
    union all by name
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
)
