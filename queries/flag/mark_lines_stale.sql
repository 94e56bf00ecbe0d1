-- question  The flags of these patients were made anew: whether they are in hand is to be looked at again on the worklist.
-- grain     as_of, patient_id
-- param     patient_ids  varchar[]  ['demo-p0001']  the patients
insert into worklist_stale
select distinct d.as_of, a.patient_id
from worklist_day d
cross join flag_action a
where a.patient_id in (select unnest($patient_ids))
