-- question  What do the small trends show: each course's scores over the expected band, up to a date?
-- grain     episode_key, kind, day
-- param     as_of  date     2026-11-23  the right end of each trend
-- param     keys   varchar  demo-key    keys of the courses to draw, with commas between
-- param     clinics  varchar[]  null  the clinics that may be seen, or null for all
-- column    episode_key  varchar  opaque address of the course
-- column    kind         varchar  baseline, score, band (where it changes) or today
-- column    day          integer  days after the procedure; before any procedure, days after the first score
-- column    position     double   place on the time axis: 0 for the baseline, 1 on that date, early days stretched
-- column    value        double   score, in the instrument's unit
-- column    low          double   10th centile of the band
-- column    high         double   90th centile of the band
-- missing   no row: no course with such a key; no band rows without a band; no score rows without a score
with asked as (
    select unnest(string_split($keys, ',')) as key
),

course as (
    select
        s.episode_key,
        s.timeline_version,
        s.primary_instrument,
        s.baseline,
        s.baseline_on,
        coalesce(s.performed_on, s.first_score_on) as started_on,
        s.performed_on is not null as is_performed,
        ln(1 + greatest($as_of::date - coalesce(s.performed_on, s.first_score_on), 1)) as width,
        coalesce(round(s.baseline), r.reference_baseline) as band_baseline,
        list_filter(s.daily_values, lambda daily: daily.taken_on <= $as_of::date) as daily_values
    from episode_summary s
    left join reference_set r on r.timeline_version = s.timeline_version and r.instrument = s.primary_instrument
    where s.key_number in (select md5_number_lower(key) from asked) and s.episode_key in (select key from asked)
        and ($clinics::varchar[] is null or list_contains($clinics::varchar[], s.clinic_id))
),

drawn as (
    select
        c.episode_key,
        'score' as kind,
        (d.taken_on - c.started_on)::integer as day,
        d.value,
        null as low,
        null as high
    from (select *, unnest(daily_values) as d from course) c

    union all

    select episode_key, 'baseline', (baseline_on - started_on)::integer, baseline, null, null
    from course
    where baseline_on <= $as_of::date

    union all

    select c.episode_key, 'band', b.day, null, b.p10, b.p90
    from course c
    join expected_band b
        on b.timeline_version = c.timeline_version
        and b.instrument = c.primary_instrument
        and b.baseline = c.band_baseline
    where c.is_performed and b.p10 is not null and b.day <= $as_of::date - c.started_on
    qualify (b.p10, b.p90) is distinct from lag((b.p10, b.p90)) over (partition by c.episode_key order by b.day)
        or b.day = max(b.day) over (partition by c.episode_key)

    union all

    select episode_key, 'today', ($as_of::date - started_on)::integer, null, null, null
    from course
)

select
    d.episode_key,
    d.kind,
    d.day,
    case when d.kind = 'baseline' then 0 else 0.1 + 0.9 * ln(1 + d.day) / c.width end as position,
    d.value,
    d.low,
    d.high
from drawn d
join course c using (episode_key)
order by d.episode_key, d.kind, d.day
