-- question  Store what was done about the flags of made-up patients.
-- grain     flag_action_id
-- frame     answered  flag_action_id varchar, patient_id varchar, episode_id varchar, rule varchar, subject varchar, on_date date, action varchar, answer varchar, words varchar, owner varchar, due_on date, recorded_at timestamp
insert into flag_action by name
select
    flag_action_id, patient_id, episode_id, rule, subject, on_date, action, answer, words, owner, due_on, recorded_at,
    'demo' as recorded_by,
    'demo' as source
from answered
order by patient_id, recorded_at
