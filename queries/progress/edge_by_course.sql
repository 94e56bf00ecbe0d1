-- question  Which range is told on which day, up to the next planned visit? Only the days at which it turns.
-- grain     episode_id, day
-- param     as_of       date     2026-11-23  which day is today, for the clinic
-- param     episode_id  varchar  null        one course, or null for all
-- uses      status/course_as_of as course
-- uses      progress/tick_by_course as tick
-- column    episode_id  varchar  the course
-- column    day         integer  days after the procedure
-- column    on_date     date     its date
-- column    low         double   the range told
-- column    high        double   likewise
-- missing   no row: no range applies
-- source    Range told to a patient (data/README.md); straight between two days that follow each other here
with axis as (
    select episode_id, max(day) as last_day
    from tick
    group by episode_id
),

told as (
    select
        c.episode_id, b.day, c.performed_on + b.day as on_date, b.told_low, b.told_high,
        lag([b.told_low, b.told_high]) over w as before_it,
        lead([b.told_low, b.told_high]) over w as after_it
    from course c
    join axis a using (episode_id)
    join expected_band b
        on b.timeline_version = c.timeline_version and b.instrument = c.primary_instrument
        and b.baseline = c.band_baseline and b.day <= a.last_day and b.told_high is not null
    window w as (partition by c.episode_id order by b.day)
)

select episode_id, day, on_date, told_low as low, told_high as high
from told
where before_it is distinct from [told_low, told_high] or after_it is distinct from [told_low, told_high]
order by episode_id, day
