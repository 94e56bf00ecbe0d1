-- question  Keep a chunk of clinics as it was read, cells trimmed and blank ones missing.
-- grain     row_id
-- after     import/define_cell
-- after     import/open_clinics
-- frame     incoming  row_id bigint, file_no integer, line bigint, clinic varchar, name varchar, time_zone varchar, phone_in_hours varchar, phone_out_of_hours varchar, emergency_number varchar, amber_budget varchar, pain_is_back_pain varchar
insert into staged_clinics
select
    row_id,
    file_no,
    line,
    cell(clinic),
    cell(name),
    cell(time_zone),
    cell(phone_in_hours),
    cell(phone_out_of_hours),
    cell(emergency_number),
    cell(amber_budget),
    cell(pain_is_back_pain)
from incoming
