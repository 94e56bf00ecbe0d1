-- question  What is stored now about the scores of this import?
-- grain     stored_id
-- after     import/define_plain
-- after     import/open_checks
create or replace temp table stored as
select
    score_id as stored_id,
    concat_ws(chr(31), patient_id, instrument, taken_on || coalesce(' ' || taken_at, '')) as key,
    case when source like 'fhir:%' then source end as origin,
    patient_id,
    [
        patient_id, instrument, taken_on || coalesce(' ' || taken_at, ''), coalesce(plain(value), status), context
    ] as fields
from score
where retracted_at is null
    and patient_id in (select patient_id from checked)
