-- question  Keep a chunk of patients as it was read, cells trimmed and blank ones missing.
-- grain     row_id
-- after     import/define_cell
-- after     import/open_patients
-- frame     incoming  row_id bigint, file_no integer, line bigint, origin varchar, updated varchar, patient_id varchar, birth_date varchar, sex varchar, clinic varchar, clinic_name varchar, given_name varchar, family_name varchar, phone varchar, died_on varchar
insert into staged_patients
select
    row_id,
    file_no,
    line,
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
