-- question  Keep what became of the rows of one kind: those with a fault, and those that were settled.
-- grain     row_id
-- after     import/open_outcomes
-- after     import/open_checks
-- after     import/settle
insert into outcome
select row_id, file_no, line, 'rejected', column_name, value, reason
from checked
where reason is not null
union all
select row_id, file_no, line, outcome, column_name, value, reason
from settled
