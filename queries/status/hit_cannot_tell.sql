-- question  For which courses can nothing be said as of a date, and why?
-- grain     episode_id, as_of, rule
-- param     as_of       date     2026-11-23  what is known on this day
-- param     episode_id  varchar  null        one course, or null for all
-- uses      status/threshold_by_version as threshold_row
-- uses      status/course_as_of as course
-- uses      status/reading_by_bin as reading
-- uses      status/visit_by_course as visit
-- column    episode_id  varchar    the course
-- column    as_of       date       which day is today
-- column    rule        varchar    a rule of data/reference/flag_rule.csv
-- column    since_on    date       when it began to hold
-- column    words       varchar[]  what its sentence is filled with
-- column    fact_ids    varchar[]  the facts behind it
-- missing   no row: the rule doesn't hold
-- source    Verdict rule cannot_tell: no band applies, or no reading in the last closed visit window and none of late
with last_closed as (
    select
        v.episode_id,
        v.as_of,
        arg_max(v.label, v.to_day) as label,
        max(v.from_day) as from_day,
        max(v.to_day) as to_day
    from visit v
    join course c using (episode_id, as_of)
    where c.day > v.to_day
    group by v.episode_id, v.as_of
),

heard as (
    select
        c.episode_id,
        c.as_of,
        max(r.day) as last_day,
        coalesce(bool_or(r.day between l.from_day and l.to_day), false) as in_window
    from course c
    left join last_closed l using (episode_id, as_of)
    left join reading r using (episode_id, as_of)
    group by c.episode_id, c.as_of
)

select
    episode_id, as_of, 'no_procedure' as rule, null::date as since_on, []::varchar[] as words, []::varchar[] as fact_ids
from course
where performed_on is null
union all
select episode_id, as_of, 'no_band_pathway', performed_on, []::varchar[], []::varchar[]
from course
where performed_on is not null and band_from_day is null
union all
select
    episode_id,
    as_of,
    case when day < 0 then 'before_procedure' when day < band_from_day then 'too_early' else 'no_band_day' end,
    case when day < 0 then null when day < band_from_day then performed_on else performed_on + band_to_day + 1 end,
    [band_from_day::varchar, band_to_day::varchar, day::varchar, strftime(performed_on, '%-d %b %Y')],
    []::varchar[]
from course
where day not between band_from_day and band_to_day
union all
select
    c.episode_id,
    c.as_of,
    'no_recent_reading',
    greatest(
        coalesce(c.performed_on + l.to_day + 1, c.performed_on),
        coalesce(c.performed_on + h.last_day + t.recent_days::integer + 1, c.performed_on)
    ),
    [coalesce(l.label, 'none has closed yet'), t.recent_days::integer::varchar],
    []::varchar[]
from course c
join threshold_row t using (timeline_version)
join heard h using (episode_id, as_of)
left join last_closed l using (episode_id, as_of)
where c.day >= 0 and not h.in_window and coalesce(c.day - h.last_day > t.recent_days, true)
order by episode_id, as_of, rule
