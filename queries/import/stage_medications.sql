-- question  Take the medications that aren't clear to be looked at one by one, cells trimmed and blank ones missing.
-- grain     row_id
-- after     import/define_cell
-- after     import/open_medications
-- after     import/clear_medications
-- after     import/make_doubtful
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
from raw_medications
where row_id in (select row_id from doubtful)
