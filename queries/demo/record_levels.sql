-- question  Make it as if the treated levels had been recorded with their made-up procedure.
-- grain     treated_level_id
update treated_level
set recorded_at = episode.recorded_at
from episode
where episode.episode_id = treated_level.episode_id and episode.retracted_at is null
