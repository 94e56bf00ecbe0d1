-- question  What does this goal say, as its form has it?
-- grain     fact_id
-- param     fact_id  varchar  old  the row
-- column    fact_id     varchar  the row
-- column    patient_id  varchar  the patient
-- column    episode_id  varchar  the episode
-- column    goal_key    varchar  the same over corrections
-- column    words       varchar  the patient's own words
-- column    moment_on   date     the day on which it was set
-- column    due_on      date     the day on which to look at it
-- column    is_current  boolean  not corrected or retracted since
-- missing   no row: no such goal
select
    goal_id as fact_id,
    patient_id,
    episode_id,
    goal_key,
    words,
    set_on as moment_on,
    due_on,
    retracted_at is null as is_current
from goal
where goal_id = $fact_id
