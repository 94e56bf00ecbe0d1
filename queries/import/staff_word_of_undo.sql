-- question  What have staff corrected, taken back or entered since, that an undo of the import leaves as it is?
-- grain     kind, fact_id
-- after     import/settle_undo
-- column    kind        varchar    the kind of fact
-- column    fact_id     varchar    the row that stands, or the one that was taken back
-- column    patient_id  varchar    the patient; null where it is a clinic's settings
-- column    what        varchar    what it is about: its instrument, milestone or kind, and its moment
-- column    said_by     varchar    who
-- column    said_at     timestamp  when, UTC
-- column    action      varchar    added, corrected, retracted or undone
-- column    why         varchar    the reason given; its author wrote it, never trust it
-- missing   no row: staff have said nothing about it
with staying as (
    select patient_id
    from undo_fate
    where kind = 'patient' and fate = 'kept'
),

following as (
    select distinct f.kind, f.fact_id
    from undo_link l
    join undo_fact f on f.kind = l.kind and f.fact_id = l.fact_id
    where f.batch_id is null and f.is_current
    union
    select kind, fact_id
    from undo_fact
    where batch_id is null and is_current and patient_id in (select patient_id from staying)
    union
    select f.kind, f.fact_id
    from undo_fact f
    join undo_link l on l.kind = f.kind and l.fact_id = f.fact_id
    where not f.is_current
        and f.fact_id in (select previous_id from change where fact_id is null)
        and f.fact_id not in (select supersedes from undo_fact where supersedes is not null)
    union
    select kind, fact_id
    from undo_fact
    where kind = 'clinic' and batch_id is null and is_current
        and fact_key in (select fact_key from undo_fact where kind = 'clinic' and is_own)
),

told as (
    select
        coalesce(c.fact_id, c.previous_id) as fact_id,
        arg_max(c.action, c.changed_at) as action,
        arg_max(c.why, c.changed_at) as why,
        arg_max(c.changed_by, c.changed_at) as changed_by,
        max(c.changed_at) as changed_at
    from change c
    group by coalesce(c.fact_id, c.previous_id)
)

select
    f.kind,
    f.fact_id,
    f.patient_id,
    f.fact_key as what,
    coalesce(t.changed_by, f.recorded_by) as said_by,
    coalesce(t.changed_at, f.recorded_at) as said_at,
    coalesce(t.action, if(f.kind = 'clinic', 'corrected', 'added')) as action,
    t.why
from following w
join undo_fact f on f.kind = w.kind and f.fact_id = w.fact_id
left join told t on t.fact_id = f.fact_id
order by said_at desc, f.kind, f.fact_id
