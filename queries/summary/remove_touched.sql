-- question  Drop the summary of the touched patients, before it is made anew.
-- grain     episode_id
delete from episode_summary
where patient_id in (select patient_id from touched)
