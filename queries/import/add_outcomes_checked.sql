-- question  Keep what became of the rows of one kind: those with a fault, and those that were settled.
-- grain     row_id
-- after     import/open_outcomes
-- after     import/open_checks
-- after     import/settle
-- source    A reason names the resource that it speaks of: where a document is one long line, its line doesn't tell
insert into outcome
with ended as (
    select row_id, file_no, line, 'rejected' as outcome, column_name, value, reason
    from checked
    where reason is not null
    union all
    select row_id, file_no, line, outcome, column_name, value, reason
    from settled
)

select
    e.row_id,
    e.file_no,
    e.line,
    e.outcome,
    e.column_name,
    e.value,
    e.reason || coalesce(' (' || replace(c.origin, 'fhir:', '') || ')', '')
from ended e
join checked c using (row_id)
