-- question  Which scores lie far from both their neighbours, to the same side?
-- grain     code, patient_id, clinic_id, fact_id, since_on, found
-- column    code        varchar  unlikely_jump, as in data/reference/quality_check.csv
-- column    patient_id  varchar  the patient; null where it is about a clinic
-- column    episode_id  varchar  the course, where it is about one
-- column    clinic_id   varchar  the clinic; null where the patient's is meant
-- column    found       varchar  what was found, in a plain sentence
-- column    since_on    date     the day that it is about
-- column    fact_id     varchar  the row that it is about, where it is one
-- missing   no row: nothing found
-- source    quality_limit spike_share, spike_days; the fall after the procedure has one low neighbour and is none
with told as (
    select
        max(value) filter (where name = 'spike_share') as share,
        max(value) filter (where name = 'spike_days')::integer as days
    from quality_limit
),

beside as (
    select
        patient_id, episode_id, instrument, taken_on, value, score_id,
        lag(value) over around as before,
        lag(taken_on) over around as before_on,
        lead(value) over around as after,
        lead(taken_on) over around as after_on
    from score
    where retracted_at is null and status = 'done'
    window around as (partition by patient_id, instrument order by taken_on, taken_at nulls first, score_id)
)

select
    'unlikely_jump' as code,
    b.patient_id,
    b.episode_id,
    null::varchar as clinic_id,
    format(
        '{} {} between {} and {}.',
        i.short_label, printf('%g', b.value), printf('%g', b.before), printf('%g', b.after)
    ) as found,
    b.taken_on as since_on,
    b.score_id as fact_id
from beside b
join instrument i using (instrument)
cross join told t
where b.taken_on - b.before_on <= t.days
    and b.after_on - b.taken_on <= t.days
    and least(abs(b.value - b.before), abs(b.value - b.after)) >= t.share * (i.maximum - i.minimum)
    and (b.value > b.before) = (b.value > b.after)
order by patient_id, clinic_id, since_on, fact_id, found
