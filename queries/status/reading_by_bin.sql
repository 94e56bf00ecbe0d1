-- question  What are the readings of each course as of a date: the median of the daily values in each five-day bin?
-- grain     episode_id, as_of, bin
-- param     as_of       date     2026-11-23  what is known on this day
-- param     episode_id  varchar  null        one course, or null for all
-- uses      status/asked as asked
-- uses      status/threshold_by_version as threshold_row
-- uses      status/course_as_of as course
-- column    episode_id   varchar    the course
-- column    as_of        date       which day is today
-- column    bin          integer    -1: days 0 to 2 after the procedure, 0: days 3 to 7, 1: days 8 to 12 …
-- column    value        double     median, in the instrument's unit
-- column    taken_on     date       the last daily value's date
-- column    day          integer    the last daily value's day
-- column    position     bigint     1 is the first reading
-- column    latest       bigint     1 is the latest reading
-- column    p25          double     25th centile of the band on that day
-- column    p90          double     90th centile of the band on that day
-- column    is_mic       boolean    fall of at least the points and the share that matter; null with no baseline able to respond
-- column    is_acceptable  boolean   at or below the acceptable state
-- column    score_ids    varchar[]  the scores behind it
-- column    said         varchar    its value and day in words; a median says that it is one
-- missing   no row: no daily value; p25 and p90 are null outside the band
-- source    Reading: median of a five-day bin, dated by its last value
with daily as (
    select s.episode_id, unnest(s.daily_values, recursive := true)
    from episode_summary s
    where s.episode_id in (select episode_id from asked)
),

reading as (
    select
        d.episode_id,
        c.as_of,
        floor((d.day - t.reading_first_day) / t.reading_bin_days)::integer as bin,
        median(d.value) as value,
        max(d.taken_on) as taken_on,
        max(d.day) as day,
        list(d.score_id order by d.taken_on) as score_ids
    from daily d
    join course c using (episode_id)
    join threshold_row t using (timeline_version)
    where d.taken_on <= c.as_of and d.day >= 0
    group by d.episode_id, c.as_of, bin
)

select
    r.episode_id,
    r.as_of,
    r.bin,
    r.value,
    r.taken_on,
    r.day,
    row_number() over (partition by r.episode_id, r.as_of order by r.bin) as position,
    row_number() over (partition by r.episode_id, r.as_of order by r.bin desc) as latest,
    b.p25,
    b.p90,
    case when c.baseline >= t.able_to_respond
        then c.baseline - r.value >= t.mic_points and c.baseline - r.value >= t.mic_share * c.baseline
    end as is_mic,
    r.value <= t.acceptable_pain as is_acceptable,
    r.score_ids,
    case when len(r.score_ids) = 1
        then printf('%g on day %d', r.value, r.day)
        else printf('%g (median of %d scores to day %d)', r.value, len(r.score_ids), r.day)
    end as said
from reading r
join course c using (episode_id, as_of)
join threshold_row t using (timeline_version)
left join expected_band b
    on b.timeline_version = c.timeline_version
    and b.instrument = c.primary_instrument
    and b.day = r.day
    and b.baseline = c.band_baseline
order by r.episode_id, r.as_of, r.bin
