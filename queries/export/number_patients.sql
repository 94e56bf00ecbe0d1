-- question  Who is in this export, in which order, and by which ids do resources refer to them?
-- grain     patient_id
-- after     export/define_ours
-- after     export/define_fhir_id
create or replace temp table numbered as
select
    patient_id,
    cast(row_number() over (order by patient_id) as bigint) as turn,
    fhir_id(patient_id, patient_key) as id,
    {
        'reference': 'Patient/' || fhir_id(patient_id, patient_key),
        'identifier': case
            when fhir_id(patient_id, patient_key) <> patient_id then {'system': ours('patient'), 'value': patient_id}
        end
    } as subject
from patient
where retracted_at is null
