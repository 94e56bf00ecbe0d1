-- question  Since which day has each course kept a change that matters (MIC) and an acceptable state, as of a date?
-- grain     episode_id, as_of
-- param     as_of       date     2026-11-23  what is known on this day
-- param     episode_id  varchar  null        one course, or null for all
-- uses      status/threshold_by_version as threshold_row
-- uses      status/course_as_of as course
-- uses      status/reading_by_bin as reading
-- column    episode_id            varchar  the course
-- column    as_of                 date     which day is today
-- column    mic_since_day         integer  first of the unbroken readings up to the latest, two at least
-- column    mic_first_day         integer  first of the first two such readings ever
-- column    mic_lost_day          integer  first reading without it, after the last two with it, where it is lost
-- column    acceptable_since_day  integer  likewise for the acceptable state
-- column    acceptable_first_day  integer  likewise
-- column    acceptable_lost_day   integer  likewise
-- missing   null: not reached (or, for MIC, no baseline able to respond)
-- source    MIC: fall of the points and the share at two consecutive readings, dated by the first; acceptable likewise
with paired as (
    select
        episode_id,
        as_of,
        position,
        day,
        coalesce(is_mic, false) as has_mic,
        is_acceptable as has_acceptable,
        coalesce(is_mic and lead(is_mic) over w, false) as mic_pair,
        coalesce(is_acceptable and lead(is_acceptable) over w, false) as acceptable_pair
    from reading
    window w as (partition by episode_id, as_of order by position)
),

ends as (
    select
        episode_id,
        as_of,
        max(position) as last_position,
        max(position) filter (where mic_pair) as mic_last,
        max(position) filter (where not has_mic) as mic_gap,
        min(day) filter (where mic_pair) as mic_first_day,
        max(position) filter (where acceptable_pair) as acceptable_last,
        max(position) filter (where not has_acceptable) as acceptable_gap,
        min(day) filter (where acceptable_pair) as acceptable_first_day
    from paired
    group by episode_id, as_of
)

select
    e.episode_id,
    e.as_of,
    (min(p.day) filter (where p.mic_pair and p.position > coalesce(e.mic_gap, 0)))::integer as mic_since_day,
    any_value(e.mic_first_day)::integer as mic_first_day,
    (
        min(p.day) filter (where not p.has_mic and p.position > e.mic_last and e.mic_gap > e.mic_last)
    )::integer as mic_lost_day,
    (
        min(p.day) filter (where p.acceptable_pair and p.position > coalesce(e.acceptable_gap, 0))
    )::integer as acceptable_since_day,
    any_value(e.acceptable_first_day)::integer as acceptable_first_day,
    (
        min(p.day) filter (
            where not p.has_acceptable and p.position > e.acceptable_last and e.acceptable_gap > e.acceptable_last
        )
    )::integer as acceptable_lost_day
from ends e
join paired p using (episode_id, as_of)
group by e.episode_id, e.as_of
order by e.episode_id, e.as_of
