-- question  Which milestones were reached on an earlier day than one that they need?
-- grain     code, patient_id, clinic_id, fact_id, since_on, found
-- column    code        varchar  milestone_order, as in data/reference/quality_check.csv
-- column    patient_id  varchar  the patient; null where it is about a clinic
-- column    episode_id  varchar  the course, where it is about one
-- column    clinic_id   varchar  the clinic; null where the patient's is meant
-- column    found       varchar  what was found, in a plain sentence
-- column    since_on    date     the day that it is about
-- column    fact_id     varchar  the row that it is about, where it is one
-- missing   no row: nothing found
-- source    data/reference/milestone_order.csv
with reached as (
    select episode_id, patient_id, milestone, min(happened_on) as happened_on
    from milestone_event
    where retracted_at is null and status = 'achieved'
        and milestone in (select milestone from milestone_order union all select needs from milestone_order)
    group by episode_id, patient_id, milestone
),

label as (
    select milestone, any_value(label) as label from milestone group by milestone
)

select
    'milestone_order' as code,
    a.patient_id,
    a.episode_id,
    null::varchar as clinic_id,
    format(
        '{} on {}, but {} only on {}.', la.label, strftime(a.happened_on, '%-d %b %Y'), lb.label,
        strftime(b.happened_on, '%-d %b %Y')
    ) as found,
    a.happened_on as since_on,
    min(e.milestone_event_id) as fact_id
from reached a
join milestone_order o on o.milestone = a.milestone
join reached b on b.episode_id = a.episode_id and b.milestone = o.needs and b.happened_on > a.happened_on
join label la on la.milestone = a.milestone
join label lb on lb.milestone = b.milestone
join milestone_event e
    on e.episode_id = a.episode_id and e.milestone = a.milestone and e.happened_on = a.happened_on
    and e.retracted_at is null and e.status = 'achieved'
group by a.patient_id, a.episode_id, la.label, a.happened_on, lb.label, b.happened_on
order by patient_id, clinic_id, since_on, fact_id, found
