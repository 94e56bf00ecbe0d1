-- question  Let made-up facts of table score have been recorded on the day that they tell of, as in a store kept for years.
-- grain     score_id
update score
set recorded_at = coalesce(taken_at + interval 30 minute, taken_on + interval 18 hour)
where recorded_at > coalesce(taken_at + interval 30 minute, taken_on + interval 18 hour)
