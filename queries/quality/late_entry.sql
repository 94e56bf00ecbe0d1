-- question  What was typed in long after the day that it is about?
-- grain     code, patient_id, clinic_id, fact_id, since_on, found
-- column    code        varchar  late_entry, as in data/reference/quality_check.csv
-- column    patient_id  varchar  the patient; null where it is about a clinic
-- column    episode_id  varchar  the course, where it is about one
-- column    clinic_id   varchar  the clinic; null where the patient's is meant
-- column    found       varchar  what was found, in a plain sentence
-- column    since_on    date     the day that it is about
-- column    fact_id     varchar  the row that it is about, where it is one
-- missing   no row: nothing found
-- source    quality_limit late_entry_days; an import may bring old records, and a correction comes later by nature
with entered as (
    select 'A score' as what, patient_id, episode_id, taken_on as on_date, recorded_at, score_id as fact_id
    from score
    where retracted_at is null and source = 'entered' and supersedes is null
    union all
    select 'A milestone', patient_id, episode_id, happened_on, recorded_at, milestone_event_id
    from milestone_event
    where retracted_at is null and source = 'entered' and supersedes is null
    union all
    select 'An event', patient_id, episode_id, happened_on, recorded_at, event_id
    from event
    where retracted_at is null and source = 'entered' and supersedes is null
)

select
    'late_entry' as code,
    patient_id,
    episode_id,
    null::varchar as clinic_id,
    format(
        '{} of {}, entered {} days later.', what, strftime(on_date, '%-d %b %Y'), recorded_at::date - on_date
    ) as found,
    on_date as since_on,
    fact_id
from entered
where recorded_at::date - on_date > (select value from quality_limit where name = 'late_entry_days')
order by patient_id, clinic_id, since_on, fact_id, found
