-- question  Keep in which course each score stands, to compare it with the courses made anew.
-- grain     score_id
create or replace temp table score_kept as
select score_id, episode_id
from score
where retracted_at is null
