-- question  Which procedures are in a de-identified export?
-- grain     episode
-- after     export/draw_patients
-- after     export/draw_keys
-- after     export/draw_surgeons
-- column    episode  varchar  a random id
-- column    patient  varchar  a random id
-- column    performed_on  date  shifted
-- column    pathway  varchar  the kind of procedure
-- column    timeline_version  varchar  the rules that it is under
-- column    fracture_on  date  shifted
-- column    cause  varchar  of the fracture
-- column    surgeon  varchar  a random name
-- column    discharged_on  date  shifted
-- missing   no row: nothing is stored; null: an empty cell
select
    d.episode,
    k.patient,
    e.performed_on - k.back as performed_on,
    e.pathway,
    e.timeline_version,
    e.fracture_on - k.back as fracture_on,
    c.cause,
    s.drawn as surgeon,
    e.discharged_on - k.back as discharged_on
from episode e
join patient_drawn k using (patient_id)
join episode_drawn d using (episode_id)
left join surgeon_drawn s using (surgeon)
left join cause c using (cause)
where e.retracted_at is null
order by d.episode
