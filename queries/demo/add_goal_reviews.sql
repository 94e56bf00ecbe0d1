-- question  Store the scores of the goals of made-up patients.
-- grain     goal_review_id
-- param     recorded_at  timestamp  2026-11-23 09:00:00  the instant of the write, UTC
-- frame     made_reviews  goal_key varchar, episode_id varchar, reviewed_on date, status varchar
insert into goal_review by name
select
    m.goal_key || '-' || m.reviewed_on as goal_review_id,
    m.goal_key,
    e.patient_id,
    m.episode_id,
    m.reviewed_on,
    m.status,
    least($recorded_at, m.reviewed_on + interval 16 hours) as recorded_at,
    'demo' as recorded_by,
    'demo' as source
from made_reviews m
join episode e on e.episode_id = m.episode_id and e.retracted_at is null
order by e.patient_id, m.reviewed_on
