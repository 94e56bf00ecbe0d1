-- question  Store the patients that were accepted; a patient keeps the key of the page's address for ever.
-- grain     patient_row_id
-- param     now          timestamp  2026-03-01 09:00:00     the instant of the import, UTC
-- param     recorded_by  varchar    import                  who imports
-- param     source       varchar    import                  where the rows come from
-- param     batch_id     varchar    20260301-090000-abcdef  the import
-- after     import/open_checks
-- after     import/settle
insert into patient
with gone as (
    select patient_id, arg_max(patient_key, recorded_at) as patient_key
    from patient
    where retracted_at is not null
    group by patient_id
)

select
    cast(uuidv7() as varchar),
    s.key,
    coalesce(o.patient_key, g.patient_key, replace(cast(uuid() as varchar), '-', '')),
    s.fields[1],
    s.fields[2],
    coalesce(s.fields[3], 'unassigned'),
    s.fields[4],
    s.fields[5],
    s.fields[6],
    cast(s.fields[7] as date),
    $now,
    $recorded_by,
    coalesce(c.origin, $source),
    $batch_id,
    null,
    s.stored_id
from settled s
join checked c using (row_id)
left join patient o on o.patient_row_id = s.stored_id
left join gone g on g.patient_id = s.key
where s.is_written
order by s.key
