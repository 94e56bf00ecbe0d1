-- question  Keep a chunk of medications as it was read, cells trimmed and blank ones missing.
-- grain     row_id
-- after     import/define_cell
-- after     import/open_medications
-- frame     incoming  row_id bigint, file_no integer, line bigint, origin varchar, updated varchar, patient_id varchar, episode_id varchar, drug varchar, started_on varchar, stopped_on varchar, dose varchar, unit varchar, opioid varchar
insert into staged_medications
select
    row_id,
    file_no,
    line,
    cell(origin),
    cell(updated),
    cell(patient_id),
    cell(episode_id),
    cell(drug),
    cell(started_on),
    cell(stopped_on),
    cell(dose),
    cell(unit),
    cell(opioid)
from incoming
