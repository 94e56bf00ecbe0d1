-- question  Which milestones were reached before the earliest day that is advised?
-- grain     code, patient_id, clinic_id, fact_id, since_on, found
-- column    code        varchar  milestone_early, as in data/reference/quality_check.csv
-- column    patient_id  varchar  the patient; null where it is about a clinic
-- column    episode_id  varchar  the course, where it is about one
-- column    clinic_id   varchar  the clinic; null where the patient's is meant
-- column    found       varchar  what was found, in a plain sentence
-- column    since_on    date     the day that it is about
-- column    fact_id     varchar  the row that it is about, where it is one
-- missing   no row: nothing found
-- source    Standards (g): earliest days
select
    'milestone_early' as code,
    e.patient_id,
    e.episode_id,
    null::varchar as clinic_id,
    format('{} on day {}, not advised before day {}.',
        m.label, e.happened_on - s.performed_on, m.earliest_day) as found,
    e.happened_on as since_on,
    e.milestone_event_id as fact_id
from milestone_event e
join episode_summary s using (episode_id)
join milestone m on m.timeline_version = s.timeline_version and m.milestone = e.milestone
where e.retracted_at is null and e.status = 'achieved' and e.happened_on - s.performed_on < m.earliest_day
order by patient_id, clinic_id, since_on, fact_id, found
