-- question  Make it as if each made-up score had been recorded on the day on which it was given.
-- grain     score_id
update score
set recorded_at = least(recorded_at, coalesce(taken_at, taken_on + interval 12 hours) + interval 20 minutes)
