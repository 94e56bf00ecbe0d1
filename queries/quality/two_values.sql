-- question  Which scores of one patient and instrument stand at the same moment?
-- grain     code, patient_id, clinic_id, fact_id, since_on, found
-- column    code        varchar  two_values, as in data/reference/quality_check.csv
-- column    patient_id  varchar  the patient; null where it is about a clinic
-- column    episode_id  varchar  the course, where it is about one
-- column    clinic_id   varchar  the clinic; null where the patient's is meant
-- column    found       varchar  what was found, in a plain sentence
-- column    since_on    date     the day that it is about
-- column    fact_id     varchar  the row that it is about, where it is one
-- missing   no row: nothing found
-- source    Grain of score (data/README.md); import and entry refuse it, so that it comes from elsewhere
with likely as (
    select hash(patient_id, instrument, taken_on, taken_at) as key_hash
    from score
    where retracted_at is null
    group by key_hash
    having count(*) > 1
),

twice as (
    select patient_id, instrument, taken_on, taken_at
    from score
    where retracted_at is null
        and hash(patient_id, instrument, taken_on, taken_at) in (select key_hash from likely)
    group by patient_id, instrument, taken_on, taken_at
    having count(*) > 1
)

select
    'two_values' as code,
    s.patient_id,
    max(s.episode_id) as episode_id,
    null::varchar as clinic_id,
    format(
        '{}: {} at one moment.', coalesce(any_value(i.short_label), s.instrument),
        string_agg(coalesce(printf('%g', s.value), s.status), ' and ' order by s.recorded_at, s.score_id)
    ) as found,
    s.taken_on as since_on,
    max(s.score_id) as fact_id
from score s
join twice t
    on t.patient_id = s.patient_id and t.instrument = s.instrument and t.taken_on = s.taken_on
    and t.taken_at is not distinct from s.taken_at
left join instrument i on i.instrument = s.instrument
where s.retracted_at is null
group by s.patient_id, s.instrument, s.taken_on, s.taken_at
order by patient_id, clinic_id, since_on, fact_id, found
