-- question  What does this event say, as its form has it?
-- grain     fact_id
-- param     fact_id  varchar  old  the row
-- column    fact_id     varchar    the row
-- column    patient_id  varchar    the patient
-- column    episode_id  varchar    the episode
-- column    kind        varchar    one of data/reference/event_kind.csv
-- column    moment_on   date       the clinic's date
-- column    moment_at   timestamp  UTC, where a time was given
-- column    level       varchar    the vertebra, where one is meant
-- column    detail      varchar    words
-- column    is_current  boolean    not corrected or retracted since
-- missing   no row: no such event
select
    event_id as fact_id,
    patient_id,
    episode_id,
    kind,
    happened_on as moment_on,
    happened_at as moment_at,
    level,
    detail,
    retracted_at is null as is_current
from event
where event_id = $fact_id
