-- question  Keep in each patient's change history that an import was undone.
-- grain     change_id
-- param     batch_id  varchar    20260301-090000-abcdef  the import
-- param     now       timestamp  2026-03-01 09:00:00     the instant of the undo, UTC
-- param     by        varchar    data manager            who undoes
-- param     why       varchar    null                    the reason given
-- after     import/settle_undo
insert into change by name
select
    cast(uuidv7() as varchar) as change_id,
    'undo ' || $batch_id as entry_id,
    $now as changed_at,
    $by as changed_by,
    'undone' as action,
    'import' as kind,
    patient_id,
    'patient:' || patient_id as episode_id,
    null as previous_id,
    null as fact_id,
    $why as why,
    null as undoes
from undo_fate
where fate <> 'kept' and patient_id is not null
group by patient_id
order by patient_id
