-- question  Which levels, milestones, events and medicines are recorded for the touched patients' episodes?
-- grain     episode_id
-- after     summary/touched_all
-- column    episode_id   varchar                                                                                                                   the episode
-- column    levels       varchar                                                                                                                   such as T12;L1, from the top
-- column    milestones   struct(milestone varchar, status varchar, happened_on date, milestone_event_id varchar)[]                                 in order of date
-- column    events       struct(kind varchar, happened_on date, happened_at timestamp, detail varchar, event_id varchar)[]                         in order of date
-- column    medications  struct(drug varchar, started_on date, stopped_on date, opioid boolean, bone boolean, medication_id varchar)[]             in order of start
-- missing   null: none recorded
with levels as (
    select t.episode_id, string_agg(t.level, ';' order by l.position) as levels
    from treated_level t
    join level l using (level)
    where t.retracted_at is null and t.patient_id in (select patient_id from touched)
    group by t.episode_id
),

milestones as (
    select
        episode_id,
        [
            {
                'milestone': m.milestone,
                'status': m.status,
                'happened_on': m.happened_on,
                'milestone_event_id': m.milestone_event_id
            }
            for m in list_sort(list({
                'happened_on': happened_on,
                'milestone': milestone,
                'milestone_event_id': milestone_event_id,
                'status': status
            }))
        ] as milestones
    from milestone_event
    where retracted_at is null and patient_id in (select patient_id from touched)
    group by episode_id
),

events as (
    select
        episode_id,
        list({
            'kind': kind,
            'happened_on': happened_on,
            'happened_at': happened_at,
            'detail': detail,
            'event_id': event_id
        } order by happened_on, event_id) as events
    from event
    where retracted_at is null and patient_id in (select patient_id from touched)
    group by episode_id
),

medications as (
    select
        m.episode_id,
        list({
            'drug': m.drug,
            'started_on': m.started_on,
            'stopped_on': m.stopped_on,
            'opioid': m.opioid,
            'bone': coalesce(d.drug_class = 'bone', false),
            'medication_id': m.medication_id
        } order by m.started_on, m.drug) as medications
    from medication m
    left join drug d on d.drug = lower(m.drug)
    where m.retracted_at is null and m.patient_id in (select patient_id from touched)
    group by m.episode_id
)

select
    e.episode_id,
    l.levels,
    m.milestones,
    v.events,
    d.medications
from episode e
left join levels l using (episode_id)
left join milestones m using (episode_id)
left join events v using (episode_id)
left join medications d using (episode_id)
where e.retracted_at is null and e.patient_id in (select patient_id from touched)
order by e.episode_id
