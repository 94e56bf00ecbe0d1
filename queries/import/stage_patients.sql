-- question  Keep a chunk of patients as it was read, cells trimmed and blank ones missing.
-- grain     row_id
insert into staged_patients
select
    row_id, file_no, line,
    cell(origin),
    cell(updated),
    cell(patient_id),
    cell(birth_date),
    cell(sex),
    cell(clinic),
    cell(clinic_name),
    cell(given_name),
    cell(family_name),
    cell(phone),
    cell(died_on)
from incoming
