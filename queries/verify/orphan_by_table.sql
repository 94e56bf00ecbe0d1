-- question  Which facts speak of a patient or an episode that isn't there?
-- grain     kind, fact_id
-- column    kind     varchar  the kind of fact
-- column    fact_id  varchar  the row
-- column    lacks    varchar  what it speaks of and isn't there
-- missing   no row: all are there
with spoken as (
    select 'episode' as kind, episode_row_id as fact_id, patient_id, null as episode_id
    from episode
    where retracted_at is null
    union all
    select 'treated_level', treated_level_id, patient_id, episode_id from treated_level where retracted_at is null
    union all
    select 'score', score_id, patient_id, episode_id from score where retracted_at is null
    union all
    select 'score_item', score_item_id, patient_id, null from score_item where retracted_at is null
    union all
    select 'milestone', milestone_event_id, patient_id, episode_id from milestone_event where retracted_at is null
    union all
    select 'medication', medication_id, patient_id, episode_id from medication where retracted_at is null
    union all
    select 'note', note_id, patient_id, episode_id from note where retracted_at is null
    union all
    select 'event', event_id, patient_id, episode_id from event where retracted_at is null
    union all
    select 'flag_action', flag_action_id, patient_id, episode_id from flag_action where retracted_at is null
    union all
    select 'goal', goal_id, patient_id, episode_id from goal where retracted_at is null
    union all
    select 'goal_review', goal_review_id, patient_id, episode_id from goal_review where retracted_at is null
    union all
    select 'attempt', contact_attempt_id, patient_id, episode_id from contact_attempt where retracted_at is null
)

select
    s.kind,
    s.fact_id,
    case when p.patient_id is null then 'patient ' || s.patient_id else 'episode ' || s.episode_id end as lacks
from spoken s
left join patient p on p.patient_id = s.patient_id and p.retracted_at is null
left join episode e on e.episode_id = s.episode_id and e.patient_id = s.patient_id and e.retracted_at is null
where p.patient_id is null or s.episode_id is not null and e.episode_id is null
order by s.kind, s.fact_id
