-- question  Make it as if each made-up event had been recorded on its day.
-- grain     event_id
update event
set recorded_at = least(recorded_at, coalesce(happened_at, happened_on + interval 14 hours) + interval 30 minutes)
