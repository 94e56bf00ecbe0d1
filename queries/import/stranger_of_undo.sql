-- question  How many rows of an import that is to be undone are of clinics that somebody doesn't look after?
-- grain     one row
-- param     clinics  varchar[]  null  the clinics that somebody looks after, or null for all
-- after     import/open_undo
-- column    rows  bigint  its own rows, and those that it replaced
select count(*) as rows
from undo_fact f
left join (
    select patient_id, arg_max(clinic_id, recorded_at) as clinic_id from patient group by patient_id
) p on p.patient_id = f.patient_id
where (f.is_own or f.was_replaced)
    and $clinics::varchar[] is not null
    and not coalesce(list_contains($clinics::varchar[], if(f.kind = 'clinic', f.fact_key, p.clinic_id)), false)
