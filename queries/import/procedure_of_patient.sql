-- question  On which day or wall time was the procedure of each patient, here or in the store, that times can count from?
-- grain     patient_id
-- after     import/open_episodes
-- column    patient_id   varchar  the patient
-- column    performed_at varchar  day or wall time at the clinic, as the import or the store says it; the fuller of two
-- column    procedures   bigint   on how many different days there are procedures: with more than one nothing counts
-- missing   no row: no procedure is known
with known as (
    select
        e.patient_id,
        coalesce(
            strftime(timezone(c.time_zone, timezone('UTC', e.performed_at)), '%Y-%m-%dT%H:%M:%S'),
            cast(e.performed_on as varchar)
        ) as performed_at
    from episode e
    join patient p on p.patient_id = e.patient_id and p.retracted_at is null
    join clinic c on c.clinic_id = p.clinic_id and c.retracted_at is null
    where e.retracted_at is null
    union all
    select patient_id, performed_at
    from staged_episodes
    where performed_at is not null
)

select
    patient_id,
    arg_max(performed_at, length(performed_at)) as performed_at,
    count(distinct left(performed_at, 10)) as procedures
from known
group by patient_id
order by patient_id
