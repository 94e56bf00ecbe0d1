-- question  Refuse the patients who are, or would come to be, of a clinic that somebody doesn't look after.
-- grain     row_id
-- param     clinics  varchar[]  null  the clinics whose patients may be brought in, or null for all
-- after     import/open_checks
-- source    A patient whose import was undone is still of the clinic that it was
update checked
set column_name = if(w.comes_here, 'patient_id', 'clinic'), value = if(w.comes_here, w.patient_id, w.to_clinic),
    reason = 'is of a clinic that you don''t look after: leave it to whoever does'
from (
    select
        row_id,
        patient_id,
        to_clinic,
        list_contains($clinics::varchar[], to_clinic) as comes_here,
        list_contains($clinics::varchar[], coalesce(last_clinic, to_clinic)) as was_here
    from (
        select
            c.row_id,
            c.key as patient_id,
            coalesce(
                c.fields[3], any_value(p.clinic_id) filter (where p.retracted_at is null), 'unassigned'
            ) as to_clinic,
            arg_max(p.clinic_id, p.recorded_at) as last_clinic
        from checked c
        left join patient p on p.patient_id = c.key
        where $clinics::varchar[] is not null and c.reason is null
        group by c.row_id, c.key, c.fields
    )
) w
where w.row_id = checked.row_id and not (w.comes_here and w.was_here)
