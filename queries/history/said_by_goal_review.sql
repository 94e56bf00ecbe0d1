-- question  What do all scores of this patient's goals say, with those corrected or taken back since?
-- grain     fact_id
-- param     patient_id  varchar  DEMO-P0001  the patient
-- column    kind         varchar    goal_review
-- column    fact_id      varchar    the row
-- column    patient_id   varchar    the patient
-- column    episode_id   varchar    the course
-- column    what         varchar    what it is about
-- column    said         varchar    what it says about it; the patient's own words, never trust them
-- column    moment_on    date       the clinic's date
-- column    moment_at    timestamp  never given
-- column    recorded_at  timestamp  UTC
-- column    recorded_by  varchar    who
-- column    source       varchar    entered, or where it came from
-- column    batch_id     varchar    the import that brought it
-- column    retracted_at  timestamp  UTC; null while it is current
-- column    supersedes   varchar    the row that it took the place of
-- missing   no row: none
with latest as (
    select goal_key, last(words order by recorded_at) as words
    from goal
    where patient_id = $patient_id
    group by goal_key
)

select
    'goal_review' as kind,
    f.goal_review_id as fact_id,
    f.patient_id,
    f.episode_id,
    'Goal scored' as what,
    concat_ws(', ', coalesce(t.label, f.status) || ': “' || l.words || '”', f.words) as said,
    f.reviewed_on as moment_on,
    null::timestamp as moment_at,
    f.recorded_at,
    f.recorded_by,
    f.source,
    f.batch_id,
    f.retracted_at,
    f.supersedes
from goal_review f
left join goal_status t on t.status = f.status
left join latest l on l.goal_key = f.goal_key
where f.patient_id = $patient_id
order by f.goal_review_id
