-- question  Which scores are in a de-identified export?
-- grain     patient, instrument, taken_on, turn
-- after     export/draw_patients
-- after     export/draw_keys
-- after     export/draw_surgeons
-- column    patient  varchar  a random id
-- column    episode  varchar  a random id
-- column    instrument  varchar  the instrument
-- column    taken_on  date  shifted
-- column    turn  bigint  which of that day
-- column    value  double  in the instrument's unit
-- column    status  varchar  done, or why there is no value
-- missing   no row: nothing is stored; null: an empty cell
select
    k.patient,
    d.episode,
    s.instrument,
    s.taken_on - k.back as taken_on,
    row_number() over (partition by s.patient_id, s.instrument, s.taken_on order by s.taken_at, s.score_id) as turn,
    s.value,
    s.status
from score s
join patient_drawn k using (patient_id)
left join episode_drawn d using (episode_id)
where s.retracted_at is null
order by k.patient, taken_on, s.instrument, turn
