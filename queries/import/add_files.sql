-- question  Keep for each file of an import how many rows ended how.
-- grain     file
-- param     batch_id  varchar  20260301-090000-abcdef  the import
-- after     import/open_outcomes
-- after     import/open_files
insert into import_file
select
    $batch_id,
    f.file,
    f.format,
    count(o.row_id),
    count(*) filter (where o.outcome = 'accepted'),
    count(*) filter (where o.outcome = 'unchanged'),
    count(*) filter (where o.outcome = 'ignored'),
    count(*) filter (where o.outcome = 'rejected')
from batch_file f
left join outcome o using (file_no)
group by f.file_no, f.file, f.format
order by f.file_no
