-- question  Keep a chunk of episodes as it was read, cells trimmed and blank ones missing.
-- grain     row_id
insert into staged_episodes
select
    row_id, file_no, line,
    cell(origin),
    cell(updated),
    cell(episode_id),
    cell(patient_id),
    cell(performed_at),
    cell(levels),
    cell(pathway),
    cell(fracture_on),
    cell(cause),
    cell(surgeon),
    cell(approach),
    cell(of_grade),
    cell(genant),
    cell(cement_ml),
    cell(discharged_at),
    cell(timeline_version),
    cell(tags)
from incoming
