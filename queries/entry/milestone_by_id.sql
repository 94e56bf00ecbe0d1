-- question  What does this milestone record say, as its form has it?
-- grain     fact_id
-- param     fact_id  varchar  old  the row
-- column    fact_id      varchar    the row
-- column    patient_id   varchar    the patient
-- column    episode_id   varchar    the episode
-- column    milestone    varchar    the milestone
-- column    status       varchar    one of data/reference/milestone_status.csv
-- column    moment_on    date       the clinic's date
-- column    moment_at    timestamp  UTC, where a time was given
-- column    reported_by  varchar    who told
-- column    is_current   boolean    not corrected or retracted since
-- missing   no row: no such milestone record
select
    milestone_event_id as fact_id,
    patient_id,
    episode_id,
    milestone,
    status,
    happened_on as moment_on,
    happened_at as moment_at,
    reported_by,
    retracted_at is null as is_current
from milestone_event
where milestone_event_id = $fact_id
