-- question  Which patients are in cohorts, each as a number that tells one from another?
-- grain     place, patient
-- param     definitions  varchar    [{"filters":{"sex":["female"]}}]  a JSON list of definitions, each in canonical JSON
-- param     as_of        date       2026-11-23  procedures up to this day
-- param     clinics      varchar[]  null        the clinics that may be seen, or null for all
-- uses      cohort/verdict_by_episode as judged
-- column    place    bigint   which definition, from 1
-- column    patient  ubigint  a hash of the patient's id
-- missing   no row: nobody is in it
select distinct place, hash(patient_id) as patient
from judged
where is_member
order by place, patient
