-- question  Where does each course stand in time as of a date, and which band is it measured by?
-- grain     episode_id, as_of
-- param     as_of       date     2026-11-23  which day is today, for the clinic
-- param     episode_id  varchar  null        one course, or null for all
-- uses      status/asked as asked
-- column    episode_id           varchar  the course
-- column    as_of                date     which day is today
-- column    timeline_version     varchar  the version of its timeline
-- column    primary_instrument   varchar  what readings are made of
-- column    performed_on         date     day 0
-- column    day                  integer  days after the procedure; null before any is known
-- column    baseline             double   in the instrument's unit; null where there is none
-- column    band_baseline        double   the baseline of the band: the patient's, or the reference patient's
-- column    band_from_day        integer  first day of the band
-- column    band_to_day          integer  last day of the band
-- column    follow_up_days       integer  length of the follow-up
-- column    died_on              date     where known
-- column    withdrew_on          date     where known
-- column    fracture_on          date     where known
-- column    later_on             date     the procedure that ended this course, on or before the date
-- column    pathway_label        varchar  the kind of procedure in words
-- missing   band columns are null where the pathway has no reference with a published spread
-- source    No baseline: the reference patient's
with band as (
    select timeline_version, instrument, min(day) as from_day, max(day) as to_day
    from expected_band
    where p50 is not null
    group by timeline_version, instrument
)

select
    s.episode_id,
    q.as_of,
    s.timeline_version,
    s.primary_instrument,
    s.performed_on,
    (q.as_of - s.performed_on)::integer as day,
    s.baseline,
    coalesce(round(s.baseline), r.reference_baseline) as band_baseline,
    b.from_day as band_from_day,
    b.to_day as band_to_day,
    w.follow_up_days,
    s.died_on,
    s.withdrew_on,
    s.fracture_on,
    case when s.next_performed_on <= q.as_of then s.next_performed_on end as later_on,
    w.label as pathway_label
from asked q
join episode_summary s using (episode_id)
left join pathway w on w.pathway = s.pathway
left join reference_set r
    on r.timeline_version = s.timeline_version
    and r.instrument = s.primary_instrument
    and r.distribution <> 'mean_only'
left join band b on b.timeline_version = s.timeline_version and b.instrument = s.primary_instrument
order by s.episode_id, q.as_of
