-- question  Store the goals of made-up patients.
-- grain     goal_id
-- param     recorded_at  timestamp  2026-11-23 09:00:00  the instant of the write, UTC
-- frame     made_goals  goal_key varchar, episode_id varchar, words varchar, set_on date, due_on date
insert into goal by name
select
    m.goal_key || '-1' as goal_id,
    m.goal_key,
    e.patient_id,
    m.episode_id,
    m.words,
    m.set_on,
    m.due_on,
    least($recorded_at, m.set_on + interval 16 hours) as recorded_at,
    'demo' as recorded_by,
    'demo' as source
from made_goals m
join episode e on e.episode_id = m.episode_id and e.retracted_at is null
order by e.patient_id, m.set_on
