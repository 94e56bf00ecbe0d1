-- question  Keep that the diagnoses which explain no episode were ignored.
-- grain     row_id
-- after     import/open_outcomes
-- after     import/open_conditions
-- after     import/open_checks
insert into outcome
select row_id, file_no, line, 'ignored', null, null, 'a diagnosis that explains no episode here'
from staged_conditions
where row_id not in (select row_id from checked)
