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
        instrument, short_label,
        (select value from quality_limit where name = 'spike_share') * (maximum - minimum) as least_jump,
        (select value::integer from quality_limit where name = 'spike_days') as days
    from instrument
),

course as (
    select e.patient_id, e.episode_id, e.primary_instrument as instrument, e.daily_values, t.least_jump,
        [d.value for d in e.daily_values] as given
    from episode_summary e
    join told t on t.instrument = e.primary_instrument
    where len(e.daily_values) > 2
),

daily as (
    select patient_id, episode_id, instrument,
        unnest(list_zip(daily_values, daily_values[2:], daily_values[3:])) as around
    from course
    where list_max([least(abs(z[2] - z[1]), abs(z[2] - z[3])) for z in list_zip(given, given[2:], given[3:])])
        >= least_jump
),

wide as (
    select s.patient_id, s.instrument
    from score s
    join told t using (instrument)
    where s.retracted_at is null and s.status = 'done'
        and s.instrument not in (select primary_instrument from pathway)
    group by s.patient_id, s.instrument, t.least_jump
    having max(s.value) - min(s.value) >= t.least_jump
),

other as (
    select
        s.patient_id, s.episode_id, s.instrument, s.taken_on, s.value, s.score_id,
        lag(s.value) over nearby as before, lag(s.taken_on) over nearby as before_on,
        lead(s.value) over nearby as after, lead(s.taken_on) over nearby as after_on
    from score s
    join wide w on w.patient_id = s.patient_id and w.instrument = s.instrument
    where s.retracted_at is null and s.status = 'done'
    window nearby as (partition by s.patient_id, s.instrument order by s.taken_on, s.taken_at nulls first, s.score_id)
),

beside as (
    select
        patient_id, episode_id, instrument, around[2].taken_on as taken_on, around[2].value as value,
        around[2].score_id as score_id, around[1].value as before, around[1].taken_on as before_on,
        around[3].value as after, around[3].taken_on as after_on
    from daily
    where around[3] is not null
    union all by name
    from other
)

select
    'unlikely_jump' as code,
    b.patient_id,
    b.episode_id,
    null::varchar as clinic_id,
    format(
        '{} {} between {} and {}.',
        t.short_label, printf('%g', b.value), printf('%g', b.before), printf('%g', b.after)
    ) as found,
    b.taken_on as since_on,
    b.score_id as fact_id
from beside b
join told t using (instrument)
where b.taken_on - b.before_on <= t.days
    and b.after_on - b.taken_on <= t.days
    and least(abs(b.value - b.before), abs(b.value - b.after)) >= t.least_jump
    and (b.value > b.before) = (b.value > b.after)
order by patient_id, clinic_id, since_on, fact_id, found
