-- question  Which scores are there, as an import takes them?
-- grain     patient_id, instrument, taken_at
-- after     export/define_instant
-- column    patient_id  varchar  the patient
-- column    taken_at  varchar  day or instant
-- column    instrument  varchar  the instrument
-- column    value  double  in the instrument's unit
-- column    status  varchar  done, or why there is no value
-- column    context  varchar  as recorded
-- column    recorded_by  varchar  who
-- missing   no row: nothing is stored; null: an empty cell
select
    patient_id,
    instant(taken_on, taken_at) as taken_at,
    instrument,
    value,
    status,
    context,
    recorded_by
from score
where retracted_at is null
order by patient_id, taken_at, instrument
