-- question  Drop the flags of these patients, before they are made anew.
-- grain     episode_id, rule, subject, raised_on
-- param     patient_ids  varchar[]  ['demo-p0001']  the patients
delete from flag_run
where patient_id in (select unnest($patient_ids))
