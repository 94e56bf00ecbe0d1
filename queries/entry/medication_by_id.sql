-- question  What does this medicine say, as its form has it?
-- grain     fact_id
-- param     fact_id  varchar  old  the row
-- column    fact_id     varchar  the row
-- column    patient_id  varchar  the patient
-- column    episode_id  varchar  the episode
-- column    drug        varchar  its name
-- column    moment_on   date     the day on which it was started
-- column    stopped_on  date     the day on which it was stopped
-- column    dose        double   a single dose
-- column    unit        varchar  its unit
-- column    opioid      boolean  as said; null: by data/reference/drug.csv
-- column    is_current  boolean  not corrected or retracted since
-- missing   no row: no such medicine
select
    medication_id as fact_id,
    patient_id,
    episode_id,
    drug,
    started_on as moment_on,
    stopped_on,
    dose,
    unit,
    opioid,
    retracted_at is null as is_current
from medication
where medication_id = $fact_id
