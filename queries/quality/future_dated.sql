-- question  What is dated later than the day on which it was recorded?
-- grain     code, patient_id, clinic_id, fact_id, since_on, found
-- column    code        varchar  future_dated, as in data/reference/quality_check.csv
-- column    patient_id  varchar  the patient; null where it is about a clinic
-- column    episode_id  varchar  the course, where it is about one
-- column    clinic_id   varchar  the clinic; null where the patient's is meant
-- column    found       varchar  what was found, in a plain sentence
-- column    since_on    date     the day that it is about
-- column    fact_id     varchar  the row that it is about, where it is one
-- missing   no row: nothing found
-- source    One day is allowed: it may be later at the clinic than in UTC
with dated as (
    select 'A score' as what, patient_id, episode_id, taken_on as on_date, recorded_at, score_id as fact_id
    from score
    where retracted_at is null and taken_on - recorded_at::date > 1
    union all
    select 'A milestone', patient_id, episode_id, happened_on, recorded_at, milestone_event_id
    from milestone_event
    where retracted_at is null and happened_on - recorded_at::date > 1
    union all
    select 'An event', patient_id, episode_id, happened_on, recorded_at, event_id
    from event
    where retracted_at is null and happened_on - recorded_at::date > 1
)

select
    'future_dated' as code,
    patient_id,
    episode_id,
    null::varchar as clinic_id,
    format(
        '{} of {}, recorded on {}.', what, strftime(on_date, '%-d %b %Y'), strftime(recorded_at::date, '%-d %b %Y')
    ) as found,
    on_date as since_on,
    fact_id
from dated
order by patient_id, clinic_id, since_on, fact_id, found
