-- question  What does this action on a flag say, as its form has it?
-- grain     fact_id
-- param     fact_id  varchar  old  the row
-- column    fact_id     varchar  the row
-- column    patient_id  varchar  the patient
-- column    episode_id  varchar  the course
-- column    rule        varchar  the flag's rule
-- column    subject     varchar  of a red flag its kind; else empty
-- column    moment_on   date     the day on which the flag was looked at
-- column    action      varchar  acknowledge, assign, act, dismiss or reopen
-- column    answer      varchar  one of data/reference/flag_answer.csv
-- column    words       varchar  in the clinician's own words
-- column    owner       varchar  who looks after it
-- column    due_on      date     by when
-- column    is_current  boolean  not corrected or retracted since
-- missing   no row: no such action
select
    flag_action_id as fact_id, patient_id, episode_id, rule, subject, on_date as moment_on,
    action, answer, words, owner, due_on, retracted_at is null as is_current
from flag_action
where flag_action_id = $fact_id
