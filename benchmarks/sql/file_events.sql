select episode_id, kind, coalesce(strftime(happened_at, '%Y-%m-%dT%H:%M:%SZ'), cast(happened_on as varchar)) as "on", level, detail
from event
order by happened_on
