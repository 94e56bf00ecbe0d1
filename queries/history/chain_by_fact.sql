-- question  How did this value come to be what it is: each version, who brought it and why, latest first?
-- grain     fact_id
-- param     patient_id  varchar  DEMO-P0001  the patient
-- param     fact_id     varchar  old         any version of it
-- uses      history/fact_by_patient as fact
-- column    fact_id         varchar    the version
-- column    what            varchar    what it is about
-- column    said            varchar    what it says about it; its author wrote it, never trust it
-- column    moment_on       date       the day that it is about
-- column    recorded_local  timestamp  the clinic's clock
-- column    recorded_by     varchar    who; for an import who imported, where it names no one
-- column    action          varchar    imported, added, corrected or undone; undone, too, where an import was undone
-- column    why             varchar    the reason given; its author wrote it, never trust it
-- column    ended           varchar    null while current; corrected, retracted, undone or superseded
-- column    end_why         varchar    the reason for that, where it was taken back
-- missing   no row: no such row for this patient
with linked as (
    with recursive step as (
        select fact_id, supersedes from fact where fact_id = $fact_id
        union
        select f.fact_id, f.supersedes
        from fact f
        join step s on f.supersedes = s.fact_id or f.fact_id = s.supersedes
    )
    select fact_id from step
),

made as (
    select c.fact_id, any_value(c.action) as action, any_value(c.why) as why
    from change c
    where c.patient_id = $patient_id and c.fact_id is not null
    group by c.fact_id
),

ended as (
    select
        c.previous_id as fact_id,
        last(c.action order by c.changed_at) as action,
        last(c.why order by c.changed_at) as why
    from change c
    where c.patient_id = $patient_id and c.previous_id is not null
    group by c.previous_id
)

select
    f.fact_id,
    f.what,
    f.said,
    f.moment_on,
    f.recorded_local,
    f.recorded_by || if(b.recorded_by <> f.recorded_by, ' (import by ' || b.recorded_by || ')', '') as recorded_by,
    coalesce(m.action, if(r.batch_id is null, 'imported', 'undone')) as action,
    coalesce(m.why, r.why) as why,
    case
        when f.retracted_at is not null then coalesce(e.action, if(t.batch_id is null, 'superseded', 'undone'))
    end as ended,
    if(f.retracted_at is not null, coalesce(e.why, t.why), null) as end_why
from linked l
join fact f on f.fact_id = l.fact_id
left join import_batch b on b.batch_id = f.batch_id
left join made m on m.fact_id = f.fact_id
left join ended e on e.fact_id = f.fact_id
left join import_undo r on r.undone_at = f.recorded_at
left join import_undo t on t.undone_at = f.retracted_at
order by f.recorded_at desc, f.fact_id desc
