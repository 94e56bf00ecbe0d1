-- question  Which days does the axis of a patient's chart name, up to the next planned visit?
-- grain     episode_id, day
-- param     as_of       date     2026-11-23  which day is today, for the clinic
-- param     episode_id  varchar  null        one course, or null for all
-- uses      status/threshold_by_version as threshold_row
-- uses      status/course_as_of as course
-- column    episode_id  varchar  the course
-- column    day         integer  days after the procedure
-- missing   no row: no procedure yet, or no timeline
-- source    The planned days of the strict windows; the axis holds the first days at least
with planned as (
    select c.episode_id, w.target_day, greatest(c.day, t.slower_from_day) as today
    from course c
    join threshold_row t using (timeline_version)
    join visit_window w on w.timeline_version = c.timeline_version and w.preset = 'strict' and w.target_day > 0
    where c.day >= 0
),

ending as (
    select episode_id, coalesce(min(target_day) filter (where target_day > today), max(target_day)) as last_day
    from planned
    group by episode_id
)

select p.episode_id, p.target_day as day
from planned p
join ending e using (episode_id)
where p.target_day <= e.last_day
order by p.episode_id, p.target_day
