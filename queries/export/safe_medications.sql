-- question  Which medicines are in a de-identified export? Only those that are known; the others without their name.
-- grain     episode, started_on, turn
-- after     export/draw_patients
-- after     export/draw_keys
-- after     export/draw_surgeons
-- column    episode  varchar  a random id
-- column    drug  varchar  the medicine, where our list has it
-- column    opioid  boolean  whether it is one
-- column    started_on  date  shifted
-- column    stopped_on  date  shifted
-- column    turn  bigint  which of that day
-- missing   no row: nothing is stored; null: an empty cell
select
    d.episode,
    g.drug,
    m.opioid,
    m.started_on - k.back as started_on,
    m.stopped_on - k.back as stopped_on,
    row_number() over (partition by m.episode_id, m.started_on order by m.medication_id) as turn
from medication m
join patient_drawn k using (patient_id)
join episode_drawn d using (episode_id)
left join drug g on lower(g.drug) = lower(m.drug)
where m.retracted_at is null
order by d.episode, started_on, turn
