-- question  The flags of these patients are as the facts give them.
-- grain     patient_id
-- param     patient_ids  varchar[]  ['demo-p0001']  the patients
delete from flag_stale
where patient_id in (select unnest($patient_ids))
