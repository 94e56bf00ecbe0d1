-- question  Store a clinic, with an assumed time zone, for each one that the accepted patients name and that isn't known.
-- grain     clinic_id
-- param     now          timestamp  2026-03-01 09:00:00     the instant of the import, UTC
-- param     recorded_by  varchar    import                  who imports
-- param     batch_id     varchar    20260301-090000-abcdef  the import
-- after     import/open_patients
-- after     import/guess_time_zone
insert into clinic
with named as (
    select clinic_id
    from patient
    where batch_id = $batch_id and retracted_at is null
        and clinic_id not in (select clinic_id from clinic where retracted_at is null)
    group by clinic_id
),

words as (
    select clinic, min(clinic_name) as name
    from staged_patients
    group by clinic
)

select
    n.clinic_id,
    coalesce(w.name, n.clinic_id),
    g.time_zone,
    null,
    null,
    null,
    5,
    false,
    $now,
    $recorded_by,
    g.source,
    $batch_id,
    null,
    null
from named n
left join words w on w.clinic = n.clinic_id
cross join guess g
order by n.clinic_id
