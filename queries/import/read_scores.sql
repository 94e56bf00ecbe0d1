-- question  Keep a chunk of scores just as it was read.
-- grain     row_id
-- after     import/open_raw_scores
-- frame     incoming  row_id bigint, file_no integer, line bigint, origin varchar, updated varchar, overrules varchar, patient_id varchar, episode_id varchar, taken_at varchar, instrument varchar, value varchar, unit varchar, unit_system varchar, status varchar, context varchar, recorded_by varchar, items varchar
insert into raw_scores
select
    row_id,
    file_no,
    line,
    origin,
    updated,
    overrules,
    patient_id,
    episode_id,
    taken_at,
    instrument,
    value,
    unit,
    unit_system,
    status,
    context,
    recorded_by,
    items
from incoming
