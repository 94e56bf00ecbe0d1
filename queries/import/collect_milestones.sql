-- question  What is stored now about the milestones of this import?
-- grain     stored_id
-- after     import/open_checks
create or replace temp table stored as
select
    milestone_event_id as stored_id,
    concat_ws(chr(31), episode_id, milestone, happened_on || coalesce(' ' || happened_at, '')) as key,
    cast(null as varchar) as origin,
    patient_id,
    [
        patient_id, episode_id, milestone, happened_on || coalesce(' ' || happened_at, ''), status, reported_by
    ] as fields
from milestone_event
where retracted_at is null
    and patient_id in (select patient_id from checked)
