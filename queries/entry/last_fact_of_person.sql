-- question  What was last recorded that only the living can do, of the patient of a course?
-- grain     one row
-- param     episode_id  varchar  demo-0001  the course
-- column    happened_on  date     its day
-- column    label        varchar  what, in words
-- missing   null: nothing is recorded
-- source    Procedures, scores, milestones, medicines begun and danger signs; a note or a closing can be written after a death
select max(f.happened_on) as happened_on, arg_max(f.label, f.happened_on) as label
from episode_summary s
cross join lateral (
    select e.performed_on as happened_on, 'A procedure' as label
    from episode e
    where e.patient_id = s.patient_id and e.retracted_at is null
    union all
    select taken_on, 'A score' from score where patient_id = s.patient_id and retracted_at is null
    union all
    select happened_on, 'A milestone' from milestone_event where patient_id = s.patient_id and retracted_at is null
    union all
    select started_on, 'A medicine' from medication where patient_id = s.patient_id and retracted_at is null
    union all
    select v.happened_on, k.label
    from event v
    join event_kind k on k.kind = v.kind and k.closes is null and k.kind <> 'died'
    where v.patient_id = s.patient_id and v.retracted_at is null
) f
where s.episode_id = $episode_id
