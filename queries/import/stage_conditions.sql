-- question  Keep a chunk of FHIR conditions as it was read, cells trimmed and blank ones missing.
-- grain     row_id
-- after     import/define_cell
-- after     import/open_conditions
-- frame     incoming  row_id bigint, file_no integer, line bigint, origin varchar, patient_id varchar, onset varchar, cause varchar, dates_fracture varchar, within_days varchar
insert into staged_conditions
select
    row_id,
    file_no,
    line,
    cell(origin),
    cell(patient_id),
    cell(onset),
    cell(cause),
    cell(dates_fracture),
    cell(within_days)
from incoming
