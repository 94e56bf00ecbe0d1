-- question  Make it as if each made-up procedure had been recorded soon after it.
-- grain     episode_row_id
update episode
set recorded_at = least(recorded_at, coalesce(performed_at, performed_on + interval 10 hours) + interval 90 minutes)
