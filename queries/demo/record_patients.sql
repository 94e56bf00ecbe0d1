-- question  Make it as if each made-up patient had been recorded just before the first fact about them.
-- grain     patient_row_id
with first_fact as (
    select patient_id, min(recorded_at) as recorded_at
    from (
        select patient_id, recorded_at from score
        union all
        select patient_id, recorded_at from episode
        union all
        select patient_id, recorded_at from medication
    )
    group by patient_id
)

update patient
set recorded_at = least(patient.recorded_at, first_fact.recorded_at - interval 5 minutes)
from first_fact
where first_fact.patient_id = patient.patient_id
