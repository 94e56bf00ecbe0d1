-- question  What is stored about the milestones of this import, now and before staff corrected it or took it back?
-- grain     stored_id
-- after     import/open_checks
create or replace temp table stored as
select
    milestone_event_id as stored_id,
    concat_ws(chr(31), episode_id, milestone, happened_on || coalesce(' ' || happened_at, '')) as key,
    cast(null as varchar) as origin,
    patient_id,
    retracted_at,
    [
        patient_id, episode_id, milestone, happened_on || coalesce(' ' || happened_at, ''), status, reported_by
    ] as fields
from milestone_event
where (retracted_at is null or batch_id is not null and milestone_event_id in (select previous_id from change))
    and patient_id in (select patient_id from checked)
