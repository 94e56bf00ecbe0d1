-- question  Store the made-up attempts to reach made-up patients.
-- grain     contact_attempt_id
-- frame     attempts  contact_attempt_id varchar, patient_id varchar, episode_id varchar, visit varchar, attempted_on date, outcome varchar, call_back_on date
insert into contact_attempt by name
select
    contact_attempt_id,
    patient_id,
    episode_id,
    visit,
    attempted_on::date as attempted_on,
    outcome,
    call_back_on::date as call_back_on,
    attempted_on + interval 15 hours as recorded_at,
    'demo coordinator' as recorded_by,
    'demo' as source
from attempts
