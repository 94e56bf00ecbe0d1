-- question  Keep each rejected row of an import: where it stands, what it says and what to do.
-- grain     file, line
-- param     batch_id  varchar  20260301-090000-abcdef  the import
-- after     import/open_outcomes
-- after     import/open_files
-- after     import/open_column_names
insert into import_reject
select
    $batch_id,
    f.file,
    o.line,
    coalesce(n.told, o.column_name),
    left(o.value, 200),
    o.reason
from outcome o
join batch_file f using (file_no)
left join column_name_told n
    on n.column_name = o.column_name and o.row_id between n.first_row and n.last_row
where o.outcome = 'rejected'
order by f.file_no, o.line, o.row_id
