-- question  What does this score say, as its form has it?
-- grain     fact_id
-- param     fact_id  varchar  old  the row
-- column    fact_id     varchar    the row
-- column    patient_id  varchar    the patient
-- column    instrument  varchar    the instrument
-- column    moment_on   date       the clinic's date
-- column    moment_at   timestamp  UTC, where a time was given
-- column    value       double     in the instrument's unit
-- column    status      varchar    done, unable, not_tried or refused
-- column    context     varchar    before: on the day of the procedure, before it
-- column    is_current  boolean    not corrected or retracted since
-- missing   no row: no such score
select
    score_id as fact_id,
    patient_id,
    instrument,
    taken_on as moment_on,
    taken_at as moment_at,
    value,
    status,
    context,
    retracted_at is null as is_current
from score
where score_id = $fact_id
