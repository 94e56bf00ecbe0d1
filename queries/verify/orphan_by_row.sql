-- question  Which facts came from an import that isn't there, or took the place of a row that isn't there?
-- grain     table_name, row_id, lacks
-- column    table_name  varchar  the table
-- column    row_id      varchar  the row
-- column    lacks       varchar  what it speaks of and isn't there
-- missing   no row: all are there
with written as (
    select 'clinic' as table_name, clinic_id as row_id, batch_id, null as supersedes from clinic
    union all
    select 'patient', patient_row_id, batch_id, supersedes from patient
    union all
    select 'episode', episode_row_id, batch_id, supersedes from episode
    union all
    select 'treated_level', treated_level_id, batch_id, supersedes from treated_level
    union all
    select 'score', score_id, batch_id, supersedes from score
    union all
    select 'score_item', score_item_id, batch_id, supersedes from score_item
    union all
    select 'milestone_event', milestone_event_id, batch_id, supersedes from milestone_event
    union all
    select 'note', note_id, batch_id, supersedes from note
    union all
    select 'event', event_id, batch_id, supersedes from event
    union all
    select 'medication', medication_id, batch_id, supersedes from medication
    union all
    select 'flag_action', flag_action_id, batch_id, supersedes from flag_action
    union all
    select 'goal', goal_id, batch_id, supersedes from goal
    union all
    select 'goal_review', goal_review_id, batch_id, supersedes from goal_review
    union all
    select 'contact_attempt', contact_attempt_id, batch_id, supersedes from contact_attempt
    union all
    select 'protocol_signature', protocol_signature_id, batch_id, supersedes from protocol_signature
)

select
    w.table_name,
    w.row_id,
    case when w.batch_id is not null and b.batch_id is null then 'import ' || w.batch_id else 'row ' || w.supersedes end
        as lacks
from written w
left join import_batch b on b.batch_id = w.batch_id
left join written o on o.table_name = w.table_name and o.row_id = w.supersedes
where w.batch_id is not null and b.batch_id is null or w.supersedes is not null and o.row_id is null
order by w.table_name, w.row_id
