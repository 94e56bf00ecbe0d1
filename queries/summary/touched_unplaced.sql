-- question  These patients' facts have changed, and not all their scores stand in their course yet.
-- grain     patient_id
-- param     patient_ids  varchar[]  ['demo-p0001']  the patients
-- after     import/make_placed
create or replace temp table touched as
select distinct patient_id
from (select unnest($patient_ids) as patient_id)
where patient_id not in (select patient_id from placed_patient)
