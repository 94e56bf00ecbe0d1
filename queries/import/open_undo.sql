-- question  Which rows did an import bring or replace, and what else is stored about the patients whom they are about?
-- grain     kind, fact_id
-- param     batch_id  varchar  20260301-090000-abcdef  the import
-- source    One writer at a time: what was retracted between an import's start and its end, the import retracted
create or replace temp table undo_fact as
with spoken as (
    select 'clinic' as kind, clinic_id || ' ' || recorded_at as fact_id, null as patient_id, null as episode_id,
        clinic_id as fact_key, batch_id, recorded_at, recorded_by, retracted_at, null as supersedes
    from clinic
    union all
    select 'patient', patient_row_id, patient_id, null, patient_id,
        batch_id, recorded_at, recorded_by, retracted_at, supersedes
    from patient
    union all
    select 'episode', episode_row_id, patient_id, episode_id, episode_id,
        batch_id, recorded_at, recorded_by, retracted_at, supersedes
    from episode
    union all
    select 'treated_level', treated_level_id, patient_id, episode_id, concat_ws(' ', episode_id, level),
        batch_id, recorded_at, recorded_by, retracted_at, supersedes
    from treated_level
    union all
    select 'score', score_id, patient_id, episode_id,
        concat_ws(' ', instrument, coalesce(taken_at::varchar, taken_on::varchar), patient_id),
        batch_id, recorded_at, recorded_by, retracted_at, supersedes
    from score
    union all
    select 'milestone', milestone_event_id, patient_id, episode_id,
        concat_ws(' ', milestone, coalesce(happened_at::varchar, happened_on::varchar), episode_id),
        batch_id, recorded_at, recorded_by, retracted_at, supersedes
    from milestone_event
    union all
    select 'note', note_id, patient_id, episode_id,
        concat_ws(' ', kind, coalesce(written_at::varchar, written_on::varchar), episode_id, md5(text)),
        batch_id, recorded_at, recorded_by, retracted_at, supersedes
    from note
    union all
    select 'event', event_id, patient_id, episode_id,
        concat_ws(' ', kind, coalesce(happened_at::varchar, happened_on::varchar), level, episode_id),
        batch_id, recorded_at, recorded_by, retracted_at, supersedes
    from event
    union all
    select 'medication', medication_id, patient_id, episode_id, concat_ws(' ', drug, started_on, episode_id),
        batch_id, recorded_at, recorded_by, retracted_at, supersedes
    from medication
    union all
    select 'goal', goal_id, patient_id, episode_id, goal_key,
        batch_id, recorded_at, recorded_by, retracted_at, supersedes
    from goal
    union all
    select 'goal_review', goal_review_id, patient_id, episode_id, goal_review_id,
        batch_id, recorded_at, recorded_by, retracted_at, supersedes
    from goal_review
    union all
    select 'attempt', contact_attempt_id, patient_id, episode_id, contact_attempt_id,
        batch_id, recorded_at, recorded_by, retracted_at, supersedes
    from contact_attempt
    union all
    select 'flag_action', flag_action_id, patient_id, episode_id, flag_action_id,
        batch_id, recorded_at, recorded_by, retracted_at, supersedes
    from flag_action
),

marked as (
    select
        s.*,
        s.retracted_at is null as is_current,
        coalesce(s.batch_id = b.batch_id, false) as is_own,
        s.batch_id is distinct from b.batch_id
            and coalesce(s.retracted_at > b.started_at and s.retracted_at < b.finished_at, false) as was_replaced
    from spoken s
    cross join (from import_batch where batch_id = $batch_id) b
),

touched as (
    select distinct patient_id
    from marked
    where is_own or was_replaced
)

from marked
where patient_id is null or patient_id in (select patient_id from touched)
