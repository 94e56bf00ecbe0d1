-- question  Store what was done about a flag.
-- grain     flag_action_id
-- param     fact_id      varchar    new                  the id of the new row
-- param     patient_id   varchar    demo-p0001           the patient
-- param     episode_id   varchar    demo-0001            the course
-- param     rule         varchar    above_90             the flag's rule
-- param     subject      varchar    ''                   of a red flag its kind; else empty
-- param     moment_on    date       2026-11-20           the day on which the flag is looked at
-- param     action       varchar    acknowledge          acknowledge, assign, act, dismiss or reopen
-- param     answer       varchar    null                 one of data/reference/flag_answer.csv
-- param     words        varchar    null                 in the clinician's own words
-- param     owner        varchar    null                 who looks after it
-- param     due_on       date       null                 by when
-- param     recorded_at  timestamp  2026-11-23 09:00:00  the instant of the entry, UTC
-- param     recorded_by  varchar    demo specialist      who enters
-- param     supersedes   varchar    null                 the fact that this one corrects
insert into flag_action by name
select
    $fact_id as flag_action_id,
    $patient_id as patient_id,
    $episode_id as episode_id,
    $rule as rule,
    $subject as subject,
    $moment_on as on_date,
    $action as action,
    $answer as answer,
    nullif(trim($words), '') as words,
    nullif(trim($owner), '') as owner,
    $due_on as due_on,
    $recorded_at as recorded_at,
    $recorded_by as recorded_by,
    'entered' as source,
    $supersedes as supersedes
