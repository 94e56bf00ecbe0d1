-- question  Make it as if each made-up medicine had been recorded on its last day, or on its first where it is still taken.
-- grain     medication_id
update medication
set recorded_at = least(recorded_at, coalesce(stopped_on, started_on) + interval 15 hours)
