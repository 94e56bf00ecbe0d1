-- question  Keep a chunk of medications just as it was read.
-- grain     row_id
-- after     import/open_raw_medications
-- frame     incoming  row_id bigint, file_no integer, line bigint, origin varchar, updated varchar, patient_id varchar, episode_id varchar, drug varchar, started_on varchar, stopped_on varchar, dose varchar, unit varchar, opioid varchar
insert into raw_medications
select
    row_id,
    file_no,
    line,
    origin,
    updated,
    patient_id,
    episode_id,
    drug,
    started_on,
    stopped_on,
    dose,
    unit,
    opioid
from incoming
