-- question  Whose flags are to be made anew before they are read?
-- grain     patient_id
-- param     patient_id  varchar  null   one patient, or null for all
-- param     answered    boolean  false  only those about whose flags something was done
-- column    patient_id  varchar  the patient
-- missing   no row: every flag is as the facts give it
select distinct patient_id
from flag_stale
where ($patient_id is null or patient_id = $patient_id)
    and (not $answered or patient_id in (select patient_id from flag_action))
order by patient_id
