-- question  Keep a chunk of resources that were entered in error as it was read, cells trimmed and blank ones missing.
-- grain     row_id
-- after     import/define_cell
-- after     import/open_withdrawals
-- frame     incoming  row_id bigint, file_no integer, line bigint, origin varchar
insert into staged_withdrawals
select
    row_id,
    file_no,
    line,
    cell(origin)
from incoming
