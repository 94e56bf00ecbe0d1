-- question  Take the scores that aren't clear to be looked at one by one, cells trimmed and blank ones missing.
-- grain     row_id
-- after     import/define_cell
-- after     import/open_scores
-- after     import/clear_scores
-- after     import/make_doubtful
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
from raw_scores
where row_id in (select row_id from doubtful)
