-- question  Which flags would each course have raised if a threshold were moved?
-- grain     episode_id, rule, subject, raised_on
-- param     patient_ids  varchar[]  null              these patients' courses, or null for all
-- param     threshold    varchar    new_problem_rise  the one that is moved, in every version
-- param     value        double     3                 where to, in its own unit
-- uses      flag/run_by_course as run
-- instead   flag/moved_threshold as threshold_value
-- column    episode_id  varchar  the course
-- column    rule        varchar  a rule of data/reference/flag_rule.csv
-- column    subject     varchar  of a red flag its kind; else empty
-- column    raised_on   date     first day
-- column    cleared_on  date     first day after it; null: no date is known that ends it
-- missing   no row: never a flag
-- source    The same SQL as flag/run_by_course
select episode_id, rule, subject, raised_on, cleared_on
from run
order by episode_id, raised_on, rule, subject
