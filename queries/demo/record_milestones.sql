-- question  Make it as if each made-up milestone had been recorded on the next day.
-- grain     milestone_event_id
update milestone_event
set recorded_at = least(recorded_at, coalesce(happened_at, happened_on + interval 32 hours))
