-- question  Whose address is this, or was it ever?
-- grain     patient_id
-- param     key         varchar  demo-key  the opaque key in the address
-- column    patient_id  varchar  the patient; more than one where a course was given to another
-- missing   no row: an unknown key
select patient_id
from patient
where patient_key = $key
union
select patient_id
from episode
where episode_key = $key
order by patient_id
