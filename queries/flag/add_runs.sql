-- question  Make the flags of these patients from the facts.
-- grain     episode_id, rule, subject, raised_on
-- param     patient_ids  varchar[]  ['demo-p0001']  the patients
-- uses      flag/run_with_facts as made
insert into flag_run by name
select patient_id, episode_id, rule, subject, verdict, raised_on, cleared_on, known_at, fact_ids
from made
order by patient_id, episode_id, raised_on
