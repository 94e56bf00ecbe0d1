-- question  Who is recorded as dead, and has something that happened later?
-- grain     code, patient_id, clinic_id, fact_id, since_on, found
-- column    code        varchar  dead_active, as in data/reference/quality_check.csv
-- column    patient_id  varchar  the patient; null where it is about a clinic
-- column    episode_id  varchar  the course, where it is about one
-- column    clinic_id   varchar  the clinic; null where the patient's is meant
-- column    found       varchar  what was found, in a plain sentence
-- column    since_on    date     the day that it is about
-- column    fact_id     varchar  the row that it is about, where it is one
-- missing   no row: nothing found
with died as (
    select patient_id, min(died_on) as died_on
    from (
        select patient_id, died_on from patient where retracted_at is null and died_on is not null
        union all
        select patient_id, happened_on from event where retracted_at is null and kind = 'died'
    )
    group by patient_id
),

later as (
    select s.patient_id, s.episode_id, s.taken_on as on_date, s.score_id as fact_id, 'A score' as what
    from score s
    join died d on d.patient_id = s.patient_id and s.taken_on > d.died_on
    where s.retracted_at is null and s.status = 'done'
    union all
    select m.patient_id, m.episode_id, m.happened_on, m.milestone_event_id, 'A milestone'
    from milestone_event m
    join died d on d.patient_id = m.patient_id and m.happened_on > d.died_on
    where m.retracted_at is null and m.status = 'achieved'
    union all
    select m.patient_id, m.episode_id, m.started_on, m.medication_id, 'A medicine begun'
    from medication m
    join died d on d.patient_id = m.patient_id and m.started_on > d.died_on
    where m.retracted_at is null
)

select
    'dead_active' as code,
    l.patient_id,
    l.episode_id,
    null::varchar as clinic_id,
    format(
        '{} on {}, after the death on {}.', l.what, strftime(l.on_date, '%-d %b %Y'),
        strftime(d.died_on, '%-d %b %Y')
    ) as found,
    l.on_date as since_on,
    l.fact_id
from later l
join died d using (patient_id)
order by patient_id, clinic_id, since_on, fact_id, found
