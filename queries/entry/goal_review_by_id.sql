-- question  What does this score of a goal say, as its form has it?
-- grain     fact_id
-- param     fact_id  varchar  old  the row
-- column    fact_id     varchar  the row
-- column    patient_id  varchar  the patient
-- column    episode_id  varchar  the episode
-- column    goal_key    varchar  the goal
-- column    moment_on   date     the day on which it was scored
-- column    status      varchar  one of data/reference/goal_status.csv
-- column    words       varchar  what the patient says to it
-- column    is_current  boolean  not corrected or retracted since
-- missing   no row: no such score
select
    goal_review_id as fact_id,
    patient_id,
    episode_id,
    goal_key,
    reviewed_on as moment_on,
    status,
    words,
    retracted_at is null as is_current
from goal_review
where goal_review_id = $fact_id
