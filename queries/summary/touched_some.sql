-- question  These patients' facts have changed: their part of the summary is to be made anew.
-- grain     patient_id
-- param     patient_ids  varchar[]  ['demo-p0001']  the patients
create or replace temp table touched as
select distinct unnest($patient_ids) as patient_id
