-- question  Which patients are in a cohort, each as a number that tells one from another?
-- grain     patient
-- param     definition  varchar    {"filters":{"sex":["female"]}}  the canonical JSON of the definition
-- param     as_of       date       2026-11-23  procedures up to this day
-- param     clinics     varchar[]  null        the clinics that may be seen, or null for all
-- uses      cohort/verdict_by_episode as judged
-- column    patient  ubigint  a hash of the patient's id
-- missing   no row: nobody is in it
select distinct hash(patient_id) as patient
from judged
where is_member
order by patient
