-- question  Keep a chunk of FHIR conditions as it was read, cells trimmed and blank ones missing.
-- grain     row_id
insert into staged_conditions
select
    row_id, file_no, line,
    cell(origin),
    cell(patient_id),
    cell(onset),
    cell(cause),
    cell(gives_fracture_on),
    cell(within_days)
from incoming
