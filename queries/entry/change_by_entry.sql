-- question  What did one entry change, in the order in which it did?
-- grain     change_id
-- param     entry_id  varchar  e  what was saved together
-- column    change_id    varchar    the action
-- column    entry_id     varchar    what was saved together
-- column    changed_at   timestamp  UTC
-- column    changed_by   varchar    who
-- column    action       varchar    added, corrected, retracted or undone
-- column    kind         varchar    the kind of fact
-- column    patient_id   varchar    the patient
-- column    episode_id   varchar    the course
-- column    previous_id  varchar    the row before
-- column    fact_id      varchar    the row after
-- column    undone_by    varchar    the entry that took it back
-- missing   no row: no such entry; previous_id null: added; fact_id null: retracted; undone_by null: stands
select
    c.change_id,
    c.entry_id,
    c.changed_at,
    c.changed_by,
    c.action,
    c.kind,
    c.patient_id,
    c.episode_id,
    c.previous_id,
    c.fact_id,
    (select max(u.entry_id) from change u where u.undoes = c.entry_id) as undone_by
from change c
where c.entry_id = $entry_id
order by c.change_id
