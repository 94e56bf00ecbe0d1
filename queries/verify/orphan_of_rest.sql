-- question  Which other rows speak of a patient, a score, a goal, an import or a day that isn't there?
-- grain     table_name, row_key, lacks
-- column    table_name  varchar  the table
-- column    row_key     varchar  the row
-- column    lacks       varchar  what it speaks of and isn't there
-- missing   no row: all are there
-- source    What was undone stays as a retracted row, so that its history and drafts have something to speak of
with lost as (
    select 'patient' as table_name, p.patient_id as row_key, 'clinic ' || p.clinic_id as lacks
    from patient p
    where p.retracted_at is null and p.clinic_id not in (select clinic_id from clinic where retracted_at is null)
    union all
    select 'protocol_signature', protocol_signature_id, 'clinic ' || clinic_id
    from protocol_signature
    where retracted_at is null and clinic_id not in (select clinic_id from clinic where retracted_at is null)
    union all
    select 'score_item', i.score_item_id, 'score ' || i.score_id
    from score_item i
    left join score s on s.score_id = i.score_id and s.patient_id = i.patient_id
    where s.score_id is null or i.retracted_at is null and s.retracted_at is not null
    union all
    select 'goal_review', goal_review_id, 'goal ' || goal_key
    from goal_review
    where retracted_at is null and goal_key not in (select goal_key from goal where retracted_at is null)
    union all
    select 'change', change_id, 'patient ' || patient_id
    from change
    where patient_id not in (select patient_id from patient)
    union all
    select 'draft', concat_ws(' ', user_name, form, field), 'course ' || episode_id
    from draft
    where episode_id not in (select episode_id from episode)
        and episode_id not in (select 'patient:' || patient_id from patient)
    union all
    select 'account_session', session, 'account ' || account_id
    from account_session
    where account_id not in (select account_id from account)
    union all
    select 'share_link', link_id, 'patient ' || patient_id
    from share_link
    where patient_id not in (select patient_id from patient)
    union all
    select 'share_attempt', attempt_id, 'link ' || link_id
    from share_attempt
    where link_id not in (select link_id from share_link)
    union all
    select t.name, t.batch_id || ' ' || t.told, 'import ' || t.batch_id
    from (
        select 'import_file' as name, batch_id, file as told from import_file
        union all
        select 'import_reject', batch_id, concat_ws(' ', file, line) from import_reject
        union all
        select 'import_mapping', batch_id, name from import_mapping
        union all
        select 'import_undo', batch_id, '' from import_undo
    ) t
    where t.batch_id not in (select batch_id from import_batch)
    union all
    select t.name, t.told, 'patient ' || t.patient_id
    from (
        select 'flag_run' as name, episode_id || ' ' || rule as told, patient_id from flag_run
        union all
        select 'flag_stale', '', patient_id from flag_stale
        union all
        select 'worklist_stale', as_of::varchar, patient_id from worklist_stale
    ) t
    where t.patient_id not in (select patient_id from patient)
    union all
    select t.name, t.as_of || ' ' || t.told, 'day ' || t.as_of
    from (
        select 'worklist_line' as name, as_of, episode_id as told from worklist_line
        union all
        select 'worklist_count', as_of, clinic_id || ' ' || verdict from worklist_count
        union all
        select 'worklist_stale', as_of, patient_id from worklist_stale
    ) t
    where t.as_of not in (select as_of from worklist_day)
)

select distinct table_name, row_key, lacks
from lost
order by table_name, row_key, lacks
