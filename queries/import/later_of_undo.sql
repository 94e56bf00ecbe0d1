-- question  Which later imports have built on what this one brought, so that they are to be undone first?
-- grain     batch_id
-- param     batch_id  varchar  20260301-090000-abcdef  the import
-- after     import/settle_undo
-- column    batch_id     varchar    the later import
-- column    started_at   timestamp  when it began, UTC
-- column    recorded_by  varchar    who ran it
-- column    rows         bigint     how many of its rows build on this import, or have replaced it
-- missing   no row: none
with other as (
    select b.*
    from import_batch b
    left join import_undo u using (batch_id)
    where u.batch_id is null and b.batch_id <> $batch_id
),

gone as (
    select f.kind, f.fact_key, f.patient_id, f.episode_id
    from undo_fact f
    left join undo_fact r on r.kind = f.kind and r.fact_key = f.fact_key and r.was_replaced
    where f.is_own and f.is_current and f.kind in ('clinic', 'patient', 'episode') and r.fact_id is null
),

built as (
    select f.batch_id, f.fact_id
    from undo_link l
    join undo_fact f on f.kind = l.kind and f.fact_id = l.fact_id
    where l.depth > 0
    union
    select o.batch_id, f.fact_id
    from undo_fact f
    join other o on f.retracted_at > o.started_at and f.retracted_at < o.finished_at
    where f.is_own
    union
    select f.batch_id, f.fact_id
    from undo_fact f
    where f.is_current and (
        f.patient_id in (select patient_id from gone where kind = 'patient')
        or f.episode_id in (select episode_id from gone where kind = 'episode')
    )
    union
    select p.batch_id, p.patient_row_id
    from patient p
    where p.retracted_at is null and p.clinic_id in (select fact_key from gone where kind = 'clinic')
    union
    select f.batch_id, f.fact_id
    from undo_fact f
    join undo_fact r on r.kind = f.kind and r.fact_key = f.fact_key and r.was_replaced
    where f.is_current and not f.is_own
)

select
    o.batch_id,
    o.started_at,
    o.recorded_by,
    count(*) as rows
from other o
join built b using (batch_id)
group by all
order by o.started_at desc, o.batch_id
