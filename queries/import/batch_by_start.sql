-- question  Which imports were there, and how did they end?
-- grain     batch_id
-- param     clinics  varchar[]  null  the clinics that somebody looks after, or null for all
-- param     by       varchar    null  who asks: their own imports are among them whatever they brought; null for nobody
-- column    batch_id     varchar    the import, as `rejects` wants it
-- column    started_at   timestamp  when it began, UTC
-- column    finished_at  timestamp  when it was stored, UTC
-- column    recorded_by  varchar    who ran it
-- column    rows         bigint     rows read
-- column    accepted     bigint     rows stored
-- column    unchanged    bigint     rows that were there already
-- column    ignored      bigint     rows of a kind that isn't used
-- column    rejected     bigint     rows turned away
-- column    undone_at    timestamp  when it was undone, UTC
-- column    undone_by    varchar    by whom
-- column    is_mine      boolean    all that it brought, and what it rejected, may be seen: made by whoever asks, or of their clinics alone
-- missing   no row: nothing was imported yet, or nothing for these clinics; undone_at null: it stands
with touched as (
    select batch_id, patient_id from patient where $clinics::varchar[] is not null
    union all select batch_id, patient_id from episode where $clinics::varchar[] is not null
    union all select batch_id, patient_id from score where $clinics::varchar[] is not null
    union all select batch_id, patient_id from milestone_event where $clinics::varchar[] is not null
    union all select batch_id, patient_id from note where $clinics::varchar[] is not null
    union all select batch_id, patient_id from event where $clinics::varchar[] is not null
    union all select batch_id, patient_id from medication where $clinics::varchar[] is not null
),

place as (
    select t.batch_id, bool_or(o.is_own) as has_own, bool_and(o.is_own) as is_own
    from (select distinct batch_id, patient_id from touched where batch_id is not null) t
    join (
        select
            patient_id,
            coalesce(list_contains($clinics::varchar[], arg_max(clinic_id, recorded_at)), false) as is_own
        from patient
        group by patient_id
    ) o using (patient_id)
    group by t.batch_id
)

select
    b.batch_id,
    b.started_at,
    b.finished_at,
    b.recorded_by,
    b.rows,
    b.accepted,
    b.unchanged,
    b.ignored,
    b.rejected,
    u.undone_at,
    u.undone_by,
    $clinics::varchar[] is null or coalesce(b.recorded_by = $by, false) or coalesce(p.is_own, false) as is_mine
from import_batch b
left join import_undo u using (batch_id)
left join place p using (batch_id)
where $clinics::varchar[] is null or coalesce(b.recorded_by = $by, false) or coalesce(p.has_own, false)
order by b.started_at desc, b.batch_id
