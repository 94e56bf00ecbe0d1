-- question  Keep a chunk of medications as it was read, cells trimmed and blank ones missing.
-- grain     row_id
insert into staged_medications
select
    row_id, file_no, line,
    cell(episode_id),
    cell(drug),
    cell(started_on),
    cell(stopped_on),
    cell(dose),
    cell(unit),
    cell(opioid)
from incoming
