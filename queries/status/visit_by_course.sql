-- question  How does each visit of each course stand as of a date, in the strict windows?
-- grain     episode_id, as_of, visit
-- param     as_of       date     2026-11-23  what is known on this day
-- param     episode_id  varchar  null        one course, or null for all
-- uses      status/asked as asked
-- uses      status/course_as_of as course
-- column    episode_id    varchar  the course
-- column    as_of         date     which day is today
-- column    visit         varchar  the visit
-- column    label         varchar  in words
-- column    target_day    integer  day after the procedure
-- column    from_day      integer  first day of the window
-- column    to_day        integer  last day of the window
-- column    target_on     date     the day it is planned for
-- column    state         varchar  received, missed (window closed), overdue (open, past its day), due (open), planned
-- column    received_on   date     the score nearest to the day; earlier on ties
-- column    score_id      varchar  that score
-- column    days_overdue  integer  days past the planned day, where overdue
-- missing   no row before a procedure
-- source    One record a window: nearest to target, earlier on ties; missed: the window closed with none
with record as (
    select s.episode_id, unnest(s.daily_values, recursive := true)
    from episode_summary s
    where s.episode_id in (select episode_id from asked)
),

planned as (
    select
        c.episode_id,
        c.as_of,
        c.performed_on,
        c.day as today,
        w.visit, w.label, w.target_day, w.from_day, w.to_day,
        arg_min(r.taken_on, abs(r.day - w.target_day) + r.day / 10000.0) as received_on,
        arg_min(r.score_id, abs(r.day - w.target_day) + r.day / 10000.0) as score_id
    from course c
    join visit_window w on w.timeline_version = c.timeline_version and w.preset = 'strict' and w.visit <> 'baseline'
    left join record r
        on r.episode_id = c.episode_id and r.day between w.from_day and w.to_day and r.taken_on <= c.as_of
    group by all
)

select
    episode_id,
    as_of,
    visit,
    label,
    target_day,
    from_day,
    to_day,
    performed_on + target_day as target_on,
    case
        when received_on is not null then 'received'
        when today > to_day then 'missed'
        when today > target_day then 'overdue'
        when today >= from_day then 'due'
        else 'planned'
    end as state,
    received_on,
    score_id,
    case when received_on is null and today > target_day and today <= to_day then today - target_day end as days_overdue
from planned
order by episode_id, as_of, target_day
