-- question  Keep for each file of an import how many rows ended how.
-- grain     file
-- param     batch_id  varchar  20260301-090000-abcdef  the import
-- after     import/open_outcomes
-- after     import/open_outcome_counts
-- after     import/open_files
insert into import_file
with ended as (
    select file_no, outcome, count(*) as rows
    from outcome
    group by file_no, outcome
    union all
    select file_no, outcome, rows
    from outcome_count
)

select
    $batch_id,
    f.file,
    f.format,
    coalesce(sum(e.rows), 0),
    coalesce(sum(e.rows) filter (where e.outcome = 'accepted'), 0),
    coalesce(sum(e.rows) filter (where e.outcome = 'unchanged'), 0),
    coalesce(sum(e.rows) filter (where e.outcome = 'ignored'), 0),
    coalesce(sum(e.rows) filter (where e.outcome = 'rejected'), 0)
from batch_file f
left join ended e using (file_no)
group by f.file_no, f.file, f.format
order by f.file_no
