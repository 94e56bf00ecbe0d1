select episode_id, milestone, status, coalesce(strftime(happened_at, '%Y-%m-%dT%H:%M:%SZ'), cast(happened_on as varchar)) as "on", reported_by
from milestone_event
order by happened_on
