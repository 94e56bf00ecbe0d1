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
-- column    known_at    timestamp  UTC; when the last of the facts behind its first day was first recorded as it is now
-- column    fact_ids    varchar[]  the facts behind its first day
-- missing   no row: never a flag
-- source    A flag can't be seen before its facts are in the store: waiting counts from then, not from the first day. A corrected value is new; other words beside it, or a fact taken back and restored, are not
with behind as (
    select episode_id, rule, subject, raised_on, unnest(fact_ids) as fact_id
    from run
),

score_of as (
    select * from score where $patient_ids is null or patient_id in (select unnest($patient_ids))
),

since as (
    select b.fact_id, min(x.recorded_at) as recorded_at
    from (select distinct fact_id from behind) b
    join score_of f on f.score_id = b.fact_id
    join score_of x
        on (x.patient_id, x.instrument, x.taken_on) = (f.patient_id, f.instrument, f.taken_on)
        and x.taken_at is not distinct from f.taken_at
        and x.value is not distinct from f.value
    group by b.fact_id
    union all
    select b.fact_id, min(x.recorded_at)
    from (select distinct fact_id from behind) b
    join milestone_event f on f.milestone_event_id = b.fact_id
    join milestone_event x
        on (x.episode_id, x.milestone, x.status, x.happened_on)
        = (f.episode_id, f.milestone, f.status, f.happened_on)
    group by b.fact_id
    union all
    select b.fact_id, min(x.recorded_at)
    from (select distinct fact_id from behind) b
    join event f on f.event_id = b.fact_id
    join event x
        on (x.episode_id, x.kind, x.happened_on) = (f.episode_id, f.kind, f.happened_on)
        and x.happened_at is not distinct from f.happened_at
        and x.level is not distinct from f.level
    group by b.fact_id
),

known as (
    select b.episode_id, b.rule, b.subject, b.raised_on, max(s.recorded_at) as known_at
    from behind b
    join since s using (fact_id)
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
