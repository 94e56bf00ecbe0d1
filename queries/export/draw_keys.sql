-- question  Draw a random id for each procedure.
-- grain     episode_id
-- after     export/draw_patients
create or replace temp table episode_drawn as
select episode_id, cast(uuid() as varchar) as episode
from episode
where retracted_at is null
