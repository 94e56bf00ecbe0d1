-- question  Which instruments can be asked of this patient, and what was said last?
-- grain     instrument
-- param     episode_id  varchar  demo-0001  the course
-- uses      entry/course_by_id as course
-- column    instrument   varchar  the instrument
-- column    label        varchar  its name
-- column    short_label  varchar  in short
-- column    minimum      double   lowest value
-- column    maximum      double   highest value
-- column    low_words    varchar  what the lowest value means
-- column    high_words   varchar  what the highest value means
-- column    unit         varchar  of the values
-- column    is_integer   boolean  whole numbers only
-- column    is_used      boolean  the patient has a score on it, or it is the primary one
-- column    last_value   double   the last done score
-- column    last_on      date     its day
-- missing   last_value null: none yet
-- source    The pathway's primary instrument comes first, then those that the patient has, in panel order
with said as (
    select
        s.instrument,
        last(s.value order by s.taken_on, s.taken_at nulls first) filter (where s.status = 'done') as last_value,
        max(s.taken_on) filter (where s.status = 'done') as last_on
    from score s
    join course c on c.patient_id = s.patient_id
    where s.retracted_at is null
    group by s.instrument
),

main as (
    select coalesce(any_value(e.primary_instrument), 'nrs_back') as instrument
    from episode_summary e
    where e.episode_id = $episode_id
)

select
    i.instrument,
    i.label,
    i.short_label,
    i.minimum,
    i.maximum,
    if(i.direction = 'lower_better', i.best_words, i.worst_words) as low_words,
    if(i.direction = 'lower_better', i.worst_words, i.best_words) as high_words,
    i.unit,
    i.is_integer,
    s.instrument is not null or i.instrument = m.instrument as is_used,
    s.last_value,
    s.last_on
from instrument i
cross join main m
left join said s on s.instrument = i.instrument
order by i.instrument <> m.instrument, not is_used, i.panel_order
