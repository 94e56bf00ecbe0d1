-- question  What must be known of each episode to check an entry: its patient, procedure and timeline?
-- grain     episode_id
-- after     import/make_persons
create or replace temp table course as
select
    e.episode_row_id,
    e.episode_id,
    e.patient_id,
    e.pathway,
    e.timeline_version,
    e.performed_on,
    e.performed_at,
    e.fracture_on,
    e.discharged_on,
    e.cause,
    p.turn,
    p.zone,
    p.today,
    p.born_from,
    p.died_on
from episode e
join person p using (patient_id)
where e.retracted_at is null
