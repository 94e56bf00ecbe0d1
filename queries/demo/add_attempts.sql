-- question  Store the made-up attempts to reach made-up patients.
-- grain     contact_attempt_id
-- param     recorded_at  timestamp  2026-11-23 09:00:00  the instant of the write, UTC
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
    $recorded_at as recorded_at,
    'demo coordinator' as recorded_by,
    'demo' as source
from attempts
