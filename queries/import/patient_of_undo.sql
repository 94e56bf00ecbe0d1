-- question  Whose facts does an undo change?
-- grain     patient_id
-- after     import/settle_undo
-- column    patient_id  varchar  the patient
-- missing   no row: nobody's
select patient_id
from undo_fate
where fate <> 'kept' and patient_id is not null
union
select p.patient_id
from undo_fact f
join undo_fate t on t.kind = f.kind and t.fact_id = f.fact_id and t.fate <> 'kept'
join patient p on p.clinic_id = f.fact_key and p.retracted_at is null
where f.kind = 'clinic'
order by patient_id
