-- question  Whom may nobody call any more, and whose number is known to be wrong, as of a date?
-- grain     patient_id
-- param     as_of  date  2026-11-23  what is known on this day
-- column    patient_id       varchar  the patient
-- column    is_off           boolean  asked for no more calls, or told to have died
-- column    is_wrong_number  boolean  the last attempt of all ended at a wrong number
-- missing   no row: never called
-- source    data/reference/contact_outcome.csv
with known as (
    select a.patient_id, a.attempted_on, a.attempted_at, a.recorded_at, a.contact_attempt_id, o.ends
    from contact_attempt a
    join contact_outcome o using (outcome)
    where a.retracted_at is null and a.attempted_on <= $as_of::date
)

select
    patient_id,
    bool_or(coalesce(ends = 'patient', false)) as is_off,
    last(
        coalesce(ends = 'number', false)
        order by attempted_on, attempted_at nulls first, recorded_at, contact_attempt_id
    ) as is_wrong_number
from known
group by patient_id
order by patient_id
