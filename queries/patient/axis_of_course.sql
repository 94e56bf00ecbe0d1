-- question  On which time axis does a course lie: what is its zero, how long does it last, where is today?
-- grain     episode_id
-- param     as_of       date     2026-11-23  what is known on this day
-- param     episode_id  varchar  demo-0001   the course
-- param     low         double   -30         first day of the axis; null for all
-- param     high        double   365         last day of the axis; null for all
-- column    episode_id          varchar    the course
-- column    patient_id          varchar    the patient
-- column    timeline_version    varchar    the version of its timeline; null before any procedure
-- column    primary_instrument  varchar    what readings are made of
-- column    baseline            double     of the primary instrument; null where there is none
-- column    baseline_score_id   varchar    the score behind it; it may belong to an earlier course
-- column    has_procedure       boolean    false: days are counted from the first score
-- column    is_declared         boolean    the clinic says that its unspecified pain score is back pain
-- column    zero_on             date       day 0
-- column    zero_at             timestamp  UTC, where a time was given
-- column    time_zone           varchar    of the clinic
-- column    today               integer    the day as of the date
-- column    end_on              date       death, withdrawal or the next procedure, on or before the date; null where none is known
-- column    next_performed_on   date       the next procedure, on or before the date
-- column    low                 double     first day of the axis
-- column    high                double     last day of the axis
-- missing   no row: no such course
-- source    Day = date minus the procedure's date; hours count only where both times are known
select
    s.episode_id,
    s.patient_id,
    s.timeline_version,
    s.primary_instrument,
    s.baseline,
    s.baseline_score_id,
    s.performed_on is not null as has_procedure,
    coalesce(c.pain_is_back_pain, false) as is_declared,
    coalesce(s.performed_on, s.first_score_on, $as_of::date) as zero_on,
    s.performed_at as zero_at,
    coalesce(c.time_zone, 'UTC') as time_zone,
    ($as_of::date - coalesce(s.performed_on, s.first_score_on, $as_of::date))::integer as today,
    case when least(s.died_on, s.withdrew_on, s.next_performed_on) <= $as_of
        then least(s.died_on, s.withdrew_on, s.next_performed_on)
    end as end_on,
    case when s.next_performed_on <= $as_of then s.next_performed_on end as next_performed_on,
    coalesce($low, '-infinity'::double) as low,
    coalesce($high, 'infinity'::double) as high
from episode_summary s
left join clinic c on c.clinic_id = s.clinic_id and c.retracted_at is null
where s.episode_id = $episode_id
