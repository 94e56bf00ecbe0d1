-- question  Keep that observations which are told and have another code aren't used.
-- grain     row_id
-- param     first    bigint   1  the id that the first line's row would have
-- param     file_no  integer  0  the file
-- uses      import/instrument_by_code as coded
-- after     import/read_observations
-- after     import/open_outcomes
insert into outcome
select $first + line - 1, $file_no, line, 'ignored', null, null, 'Observation with a code that isn''t used'
from observation_line
where is_told and (code_system, code) not in (select (system, code) from coded)
