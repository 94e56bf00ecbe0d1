-- question  Drop the summary of the touched patients, before it is made anew.
-- grain     episode_id
-- after     summary/touched_all
delete from episode_summary
where patient_id in (select patient_id from touched)
