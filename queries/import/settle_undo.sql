-- question  What becomes of each row when an import is undone: retracted, restored, or left because staff have spoken since?
-- grain     kind, fact_id
-- after     import/open_undo
-- after     import/link_undo
-- source    The last word of staff stands. A patient for whom staff entered something stays, with the procedure that it is about
create or replace temp table undo_fate as
with ends as (
    select kind, root_id, arg_max(fact_id, depth) as fact_id
    from undo_link
    group by kind, root_id
),

before as (
    select r.kind, r.fact_id, r.patient_id, r.episode_id, r.fact_key, e.fact_id as end_id
    from undo_fact r
    join ends e on e.kind = r.kind and e.root_id = r.fact_id
    join undo_fact f on f.kind = e.kind and f.fact_id = e.fact_id
    left join undo_fact o on o.kind = r.kind and o.fact_key = r.fact_key and o.is_current and not o.is_own
    where r.was_replaced and (r.fact_id = f.fact_id or f.is_own and f.is_current) and o.fact_id is null
),

brought as (
    select f.*
    from undo_fact f
    left join before b on b.kind = f.kind and b.fact_key = f.fact_key
    where f.is_own and f.is_current and f.kind in ('clinic', 'patient', 'episode') and b.fact_id is null
),

needed as (
    select p.patient_id, f.episode_id, f.kind, f.fact_id
    from undo_fact f
    join brought p on p.kind = 'patient' and p.patient_id = f.patient_id
    where f.is_current and not f.is_own
    union all
    select e.patient_id, f.episode_id, f.kind, f.fact_id
    from undo_fact f
    join brought e on e.kind = 'episode' and e.episode_id = f.episode_id
    where f.is_current and not f.is_own
),

left_over as (
    select f.kind, f.fact_id
    from undo_fact f
    where f.is_own and f.is_current and (
        f.kind = 'patient' and f.patient_id in (select patient_id from needed)
        or f.kind in ('episode', 'treated_level') and f.episode_id in (select episode_id from needed)
        or f.kind = 'clinic' and f.fact_key in (
            select p.clinic_id
            from patient p
            where p.retracted_at is null and (
                p.patient_id in (select patient_id from needed) or p.batch_id is distinct from f.batch_id
            )
        )
    )
)

select
    f.kind,
    f.fact_id,
    f.patient_id,
    case when b.fact_id is not null then 'restored' when l.fact_id is null then 'retracted' else 'kept' end as fate,
    case when b.end_id <> b.fact_id then b.end_id end as supersedes,
    cast(uuidv7() as varchar) as new_id
from undo_fact f
left join before b on b.kind = f.kind and b.fact_id = f.fact_id
left join left_over l on l.kind = f.kind and l.fact_id = f.fact_id
where b.fact_id is not null or f.is_own and f.is_current
