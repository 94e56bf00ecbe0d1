-- question  What does this attempt to reach a patient say, as its form has it?
-- grain     fact_id
-- param     fact_id  varchar  old  the row
-- column    fact_id       varchar    the row
-- column    patient_id    varchar    the patient
-- column    episode_id    varchar    the episode
-- column    visit         varchar    the visit that was called for
-- column    moment_on     date       the clinic's date
-- column    moment_at     timestamp  UTC, where a time was given
-- column    outcome       varchar    one of data/reference/contact_outcome.csv
-- column    call_back_on  date       the day agreed on
-- column    detail        varchar    words
-- column    is_current    boolean    not corrected or retracted since
-- missing   no row: no such attempt
select
    contact_attempt_id as fact_id,
    patient_id,
    episode_id,
    visit,
    attempted_on as moment_on,
    attempted_at as moment_at,
    outcome,
    call_back_on,
    detail,
    retracted_at is null as is_current
from contact_attempt
where contact_attempt_id = $fact_id
