-- question  In which month do all scores of an instrument at a clinic lie far above or below those before?
-- grain     code, patient_id, clinic_id, fact_id, since_on, found
-- column    code        varchar  unit_drift, as in data/reference/quality_check.csv
-- column    patient_id  varchar  the patient; null where it is about a clinic
-- column    episode_id  varchar  the course, where it is about one
-- column    clinic_id   varchar  the clinic; null where the patient's is meant
-- column    found       varchar  what was found, in a plain sentence
-- column    since_on    date     the day that it is about
-- column    fact_id     varchar  the row that it is about, where it is one
-- missing   no row: nothing found
-- source    quality_limit drift_*; scores up to and after the procedure apart, as it brings a fall of its own
with told as (
    select
        max(value) filter (where name = 'drift_factor') as factor,
        max(value) filter (where name = 'drift_scores')::integer as scores,
        max(value) filter (where name = 'drift_months')::integer as months
    from quality_limit
),

monthly as (
    select
        p.clinic_id,
        s.instrument,
        e.performed_on is null or s.taken_on <= e.performed_on as is_before,
        date_trunc('month', s.taken_on)::date as month_on,
        median(s.value) as middle,
        count(*) as scores
    from score s
    join patient p on p.patient_id = s.patient_id and p.retracted_at is null
    left join episode_summary e on e.episode_id = s.episode_id
    where s.retracted_at is null and s.status = 'done' and s.value > 0
    group by all
),

compared as (
    select
        m.*, t.factor,
        (
            select median(b.middle)
            from monthly b
            where b.clinic_id = m.clinic_id and b.instrument = m.instrument and b.is_before = m.is_before
                and b.month_on < m.month_on and b.month_on >= m.month_on - to_months(t.months)
                and b.scores >= t.scores
        ) as usual
    from monthly m
    cross join told t
    where m.scores >= t.scores
)

select
    'unit_drift' as code,
    null::varchar as patient_id,
    null::varchar as episode_id,
    c.clinic_id,
    format(
        '{} {} the procedure: the middle of {} scores from {} is {}, before that it was {}.',
        i.short_label, if(c.is_before, 'up to', 'after'), c.scores, strftime(c.month_on, '%B %Y'),
        printf('%g', c.middle), printf('%g', c.usual)
    ) as found,
    c.month_on as since_on,
    null::varchar as fact_id
from compared c
join instrument i using (instrument)
where c.middle >= c.factor * c.usual or c.middle * c.factor <= c.usual
order by patient_id, clinic_id, since_on, fact_id, found
