-- question  Keep a chunk of scores as it was read, cells trimmed and blank ones missing.
-- grain     row_id
-- after     import/define_cell
-- after     import/open_scores
-- frame     incoming  row_id bigint, file_no integer, line bigint, origin varchar, updated varchar, overrules varchar, patient_id varchar, episode_id varchar, taken_at varchar, instrument varchar, value varchar, unit varchar, unit_system varchar, status varchar, context varchar, recorded_by varchar, items varchar
insert into staged_scores
select
    row_id,
    file_no,
    line,
    cell(origin),
    cell(updated),
    cell(overrules),
    cell(patient_id),
    cell(episode_id),
    cell(taken_at),
    cell(instrument),
    cell(value),
    cell(unit),
    cell(unit_system),
    cell(status),
    cell(context),
    cell(recorded_by),
    cell(items)
from incoming
