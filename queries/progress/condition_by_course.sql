-- question  Which conditions, by which a situation is chosen, hold for each course as of a date?
-- grain     episode_id
-- param     as_of       date     2026-11-23  which day is today, for the clinic
-- param     episode_id  varchar  null        one course, or null for all
-- uses      status/verdict_by_course as verdict_now
-- uses      status/threshold_by_version as threshold_row
-- uses      status/course_as_of as course
-- column    episode_id        varchar    the course
-- column    verdict           varchar    the verdict
-- column    conditions        varchar[]  those of data/reference/situation.csv that hold, all but emergency
-- column    day               integer    days after the procedure
-- column    performed_on      date       day 0
-- column    timeline_version  varchar    the version that it is measured by
-- column    phase             varchar    where day falls
-- column    baseline          double     before the procedure
-- column    baseline_on       date       when it was taken
-- column    latest            double     the newest score since
-- column    latest_on         date       its date
-- column    latest_day        integer    its day
-- column    stand             varchar    below, within or above the range told on that day; null: none
-- column    is_recent         boolean    taken today or within two days
-- column    next_visit_on     date       the next planned visit
-- column    next_visit_day    integer    its day
-- column    is_visit_due      boolean    that day has passed and the visit is still open
-- missing   null: not known
-- source    The first days end with threshold slower_from_day; low is threshold acceptable_pain; a score is old from silent_days on, and told as what was then
with latest as (
    select
        v.* replace (case when v.baseline_on <= v.as_of then v.baseline end as baseline),
        c.band_baseline,
        case
            when v.last_value < b.told_low then 'below'
            when v.last_value > b.told_high then 'above'
            when v.last_value is not null and b.told_high is not null then 'within'
        end as stand,
        t.slower_from_day, t.acceptable_pain, t.silent_days,
        p.to_day is null and p.phase is not null as is_last_phase,
        [r.rule for r in v.reasons] as rules
    from verdict_now v
    join course c using (episode_id)
    left join expected_band b
        on b.timeline_version = v.timeline_version and b.instrument = c.primary_instrument
        and b.day = v.last_value_day and b.baseline = c.band_baseline
    left join threshold_row t on t.timeline_version = v.timeline_version
    left join phase p on p.timeline_version = v.timeline_version and p.phase = v.phase
)

select
    episode_id, verdict,
    [x.name for x in [
        {'name': 'before', 'holds': day < 0},
        {'name': 'too_early', 'holds': list_contains(rules, 'too_early')},
        {'name': 'no_score', 'holds': last_value is null and baseline is null},
        {'name': 'no_reference', 'holds': list_has_any(rules, ['no_procedure', 'no_band_pathway'])},
        {'name': 'no_recent', 'holds': list_contains(rules, 'no_recent_reading')},
        {'name': 'first_days', 'holds': day < slower_from_day},
        {'name': 'below', 'holds': last_value < baseline},
        {'name': 'above_range', 'holds': stand = 'above'},
        {'name': 'last_only', 'holds': as_of - last_value_on >= silent_days or stand is null},
        {
            'name': 'stays_low',
            'holds': is_last_phase and acceptable_since_day is not null and last_value <= acceptable_pain
        }
    ] if x.holds] as conditions,
    day, performed_on, timeline_version, phase, baseline, baseline_on,
    last_value as latest, last_value_on as latest_on, last_value_day as latest_day, stand,
    as_of - last_value_on <= 2 as is_recent,
    next_visit_on, (next_visit_on - performed_on)::integer as next_visit_day,
    next_visit_on < as_of as is_visit_due
from latest
order by episode_id
