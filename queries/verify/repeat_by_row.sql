-- question  Which rows are there twice, where their table allows one: by the row's own id, or by its grain?
-- grain     table_name, row_key
-- column    table_name  varchar  the table
-- column    row_key     varchar  what makes it one row
-- column    rows        bigint   how many there are
-- missing   no row: every table has its grain
-- source    The grains of data/README.md
with keyed as (
    select 'clinic' as table_name, clinic_id || ' ' || recorded_at as row_key from clinic
    union all
    select 'patient', patient_row_id from patient
    union all
    select 'episode', episode_row_id from episode
    union all
    select 'treated_level', treated_level_id from treated_level
    union all
    select 'score', score_id from score
    union all
    select 'score_item', score_item_id from score_item
    union all
    select 'milestone_event', milestone_event_id from milestone_event
    union all
    select 'note', note_id from note
    union all
    select 'event', event_id from event
    union all
    select 'medication', medication_id from medication
    union all
    select 'flag_action', flag_action_id from flag_action
    union all
    select 'goal', goal_id from goal
    union all
    select 'goal_review', goal_review_id from goal_review
    union all
    select 'contact_attempt', contact_attempt_id from contact_attempt
    union all
    select 'protocol_signature', protocol_signature_id from protocol_signature
    union all
    select 'change', change_id from change
    union all
    select 'account', account_id || ' ' || changed_at from account
    union all
    select 'account_session', session from account_session
    union all
    select 'share_link', link_id from share_link
    union all
    select 'share_link', token_digest from share_link
    union all
    select 'share_attempt', attempt_id from share_attempt
    union all
    select 'import_batch', batch_id from import_batch
    union all
    select 'import_undo', batch_id from import_undo
    union all
    select 'import_file', concat_ws(' ', batch_id, file) from import_file
    union all
    select 'import_mapping', concat_ws(' ', batch_id, digest) from import_mapping
    union all
    select 'mapping', concat_ws(' ', name, version) from mapping
    union all
    select 'draft', concat_ws(' ', user_name, episode_id, form, field) from draft
    union all
    select 'episode_summary', episode_id from episode_summary
    union all
    select 'flag_run', concat_ws(' ', episode_id, rule, subject, raised_on) from flag_run
    union all
    select 'worklist_day', as_of::varchar from worklist_day
    union all
    select 'worklist_line', concat_ws(' ', as_of, episode_id) from worklist_line
    union all
    select 'expected_band', concat_ws(' ', timeline_version, instrument, day, baseline) from expected_band
    union all
    select 'reference_digest', concat_ws(' ', timeline_version, file) from reference_digest
    union all
    select 'schema_migration', name from schema_migration
    union all
    select 'store_meta', name from store_meta
)

select
    table_name,
    row_key,
    count(*) as rows
from keyed
group by table_name, row_key
having count(*) > 1
order by table_name, row_key
