-- question  Let made-up facts of table milestone_event have been recorded on the day that they tell of, as in a store kept for years.
-- grain     milestone_event_id
update milestone_event
set recorded_at = coalesce(happened_at + interval 30 minute, happened_on + interval 18 hour)
where recorded_at > coalesce(happened_at + interval 30 minute, happened_on + interval 18 hour)
