-- question  Keep a chunk of episodes as it was read, cells trimmed and blank ones missing.
-- grain     row_id
-- after     import/define_cell
-- after     import/open_episodes
-- frame     incoming  row_id bigint, file_no integer, line bigint, origin varchar, updated varchar, episode_id varchar, patient_id varchar, performed_at varchar, levels varchar, pathway varchar, fracture_on varchar, cause varchar, surgeon varchar, approach varchar, of_grade varchar, genant varchar, cement_ml varchar, discharged_at varchar, timeline_version varchar, tags varchar
insert into staged_episodes
select
    row_id,
    file_no,
    line,
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
