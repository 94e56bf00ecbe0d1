-- question  Which flags have these patients' courses raised, and since when are the facts behind each known?
-- grain     episode_id, rule, subject, raised_on
-- param     patient_ids  varchar[]  null  these patients' courses, or null for all
-- uses      flag/run_by_course as run
-- column    patient_id  varchar    the patient
-- column    episode_id  varchar    the course
-- column    rule        varchar    a rule of data/reference/flag_rule.csv
-- column    subject     varchar    of a red flag its kind; else empty
-- column    verdict     varchar    red_flag, new_problem or slower
-- column    raised_on   date       first day
-- column    cleared_on  date       first day after it; null: no date is known that ends it
-- column    known_at    timestamp  UTC; when the last of the facts behind its first day was recorded
-- column    fact_ids    varchar[]  the facts behind its first day
-- missing   no row: never a flag
-- source    A flag can't be seen before its facts are in the store: waiting counts from then, not from the first day
with fact as (
    select score_id as fact_id, recorded_at
    from score
    where $patient_ids is null or patient_id in (select unnest($patient_ids))
    union all
    select milestone_event_id, recorded_at
    from milestone_event
    where $patient_ids is null or patient_id in (select unnest($patient_ids))
    union all
    select event_id, recorded_at
    from event
    where $patient_ids is null or patient_id in (select unnest($patient_ids))
),

behind as (
    select episode_id, rule, subject, raised_on, unnest(fact_ids) as fact_id
    from run
),

known as (
    select b.episode_id, b.rule, b.subject, b.raised_on, max(f.recorded_at) as known_at
    from behind b
    join fact f using (fact_id)
    group by b.episode_id, b.rule, b.subject, b.raised_on
),

word as (
    select rule, any_value(verdict) as verdict
    from flag_rule
    group by rule
)

select
    s.patient_id, r.episode_id, r.rule, r.subject, w.verdict,
    r.raised_on, r.cleared_on, k.known_at, r.fact_ids
from run r
join episode_summary s using (episode_id)
join word w using (rule)
join known k using (episode_id, rule, subject, raised_on)
order by r.episode_id, r.raised_on, r.rule, r.subject
