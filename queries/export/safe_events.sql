-- question  Which events are in a de-identified export? Never their details.
-- grain     episode, kind, happened_on, turn
-- after     export/draw_patients
-- after     export/draw_keys
-- after     export/draw_surgeons
-- column    episode  varchar  a random id
-- column    kind  varchar  the kind of event
-- column    happened_on  date  shifted
-- column    turn  bigint  which of that day
-- column    level  varchar  the vertebra
-- missing   no row: nothing is stored; null: an empty cell
select
    d.episode,
    e.kind,
    e.happened_on - k.back as happened_on,
    row_number() over (partition by e.episode_id, e.kind, e.happened_on order by e.event_id) as turn,
    v.level
from event e
join patient_drawn k using (patient_id)
join episode_drawn d using (episode_id)
left join level v using (level)
where e.retracted_at is null
order by d.episode, happened_on, e.kind, turn
