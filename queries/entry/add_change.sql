-- question  Keep one action in the change history.
-- grain     change_id
-- param     change_id    varchar    c            the action
-- param     entry_id     varchar    e            what was saved together
-- param     changed_at   timestamp  2026-11-23 09:00:00  UTC
-- param     changed_by   varchar    demo specialist  who
-- param     action       varchar    added        added, corrected, retracted or undone
-- param     kind         varchar    score        the kind of fact
-- param     patient_id   varchar    demo-p0001   the patient
-- param     episode_id   varchar    demo-0001    the course that it was done in
-- param     previous_id  varchar    null         the row before; null: there was none
-- param     fact_id      varchar    s            the row after; null: retracted
-- param     why          varchar    null         the reason given
-- param     undoes       varchar    null         the entry that this takes back
insert into change by name
select
    $change_id as change_id,
    $entry_id as entry_id,
    $changed_at as changed_at,
    $changed_by as changed_by,
    $action as action,
    $kind as kind,
    $patient_id as patient_id,
    $episode_id as episode_id,
    $previous_id as previous_id,
    $fact_id as fact_id,
    $why as why,
    $undoes as undoes
