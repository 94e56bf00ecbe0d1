-- question  Which levels were treated, in a de-identified export?
-- grain     episode, level
-- after     export/draw_patients
-- after     export/draw_keys
-- after     export/draw_surgeons
-- column    episode  varchar  a random id
-- column    level  varchar  the vertebra
-- column    cement_ml  double  cement in ml
-- missing   no row: nothing is stored; null: an empty cell
select
    d.episode,
    t.level,
    t.cement_ml
from treated_level t
join episode_drawn d using (episode_id)
where t.retracted_at is null
order by d.episode, t.level
