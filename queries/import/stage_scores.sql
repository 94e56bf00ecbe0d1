-- question  Keep a chunk of scores as it was read, cells trimmed and blank ones missing.
-- grain     row_id
insert into staged_scores
select
    row_id, file_no, line,
    cell(origin),
    cell(updated),
    cell(overrules),
    cell(patient_id),
    cell(episode_id),
    cell(taken_at),
    cell(instrument),
    cell(value),
    cell(unit),
    cell(status),
    cell(context),
    cell(recorded_by)
from incoming
