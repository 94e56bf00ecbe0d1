-- question  Which milestones are in a de-identified export?
-- grain     episode, milestone, happened_on, turn
-- after     export/draw_patients
-- after     export/draw_keys
-- after     export/draw_surgeons
-- column    episode  varchar  a random id
-- column    milestone  varchar  which
-- column    status  varchar  how it stands
-- column    happened_on  date  shifted
-- column    turn  bigint  which of that day
-- missing   no row: nothing is stored; null: an empty cell
select
    d.episode,
    m.milestone,
    m.status,
    m.happened_on - k.back as happened_on,
    row_number() over (
        partition by m.episode_id, m.milestone, m.happened_on order by m.happened_at, m.milestone_event_id
    ) as turn
from milestone_event m
join patient_drawn k using (patient_id)
join episode_drawn d using (episode_id)
where m.retracted_at is null
order by d.episode, happened_on, m.milestone, turn
