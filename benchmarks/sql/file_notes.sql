select episode_id, coalesce(strftime(written_at, '%Y-%m-%dT%H:%M:%SZ'), cast(written_on as varchar)) as written_at, kind, text, author, title
from note
order by written_on
