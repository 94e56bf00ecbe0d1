-- question  How does each milestone of each course stand as of a date?
-- grain     episode_id, as_of, milestone
-- param     as_of       date     2026-11-23  what is known on this day
-- param     episode_id  varchar  null        one course, or null for all
-- uses      status/asked as asked
-- uses      status/course_as_of as course
-- column    episode_id    varchar    the course
-- column    as_of         date       which day is today
-- column    milestone     varchar    the milestone
-- column    label         varchar    in words
-- column    earliest_day  integer    not advised before
-- column    expected_day  integer    usual
-- column    late_day      integer    later than usual from here
-- column    state         varchar    reached, late (recorded not yet or unable, on or after the late day), due, ahead, unknown (never asked about), not_applicable
-- column    reached_day   integer    day it was first reached
-- column    is_reached_late  boolean  reached on or after the late day
-- column    late_since    date       first record that made it late
-- column    last_status   varchar    as last recorded
-- column    fact_ids      varchar[]  the records behind the state
-- missing   no row before a procedure
-- source    A milestone never asked about is not late, it is unknown
with record as (
    select s.episode_id, unnest(s.milestones, recursive := true)
    from episode_summary s
    where s.episode_id in (select episode_id from asked)
),

told as (
    select
        c.episode_id,
        c.as_of,
        m.milestone,
        min(r.happened_on - c.performed_on) filter (where r.status = 'achieved') as reached_day,
        max(r.happened_on)
            filter (where r.status in ('achieved', 'not_applicable', 'unable_before_fracture')) as settled_on,
        last(r.status order by r.happened_on, r.status = 'achieved') as last_status,
        list({'happened_on': r.happened_on, 'id': r.milestone_event_id} order by r.happened_on)
            filter (where r.status in ('not_yet', 'unable') and r.happened_on >= c.performed_on + m.late_day)
            as late_records,
        list(r.milestone_event_id order by r.happened_on) as fact_ids
    from course c
    join record r on r.episode_id = c.episode_id and r.happened_on <= c.as_of
    join milestone m on m.timeline_version = c.timeline_version and m.milestone = r.milestone
    group by c.episode_id, c.as_of, m.milestone
),

judged as (
    select
        c.episode_id, c.as_of, c.day,
        m.milestone, m.label, m.earliest_day, m.expected_day, m.late_day,
        t.reached_day, t.last_status, t.fact_ids,
        [x for x in t.late_records if t.settled_on is null or x.happened_on > t.settled_on] as late_now
    from course c
    join milestone m using (timeline_version)
    left join told t using (episode_id, as_of, milestone)
)

select
    episode_id,
    as_of,
    milestone,
    label,
    earliest_day,
    expected_day,
    late_day,
    case
        when len(late_now) > 0 then 'late'
        when last_status in ('not_applicable', 'unable_before_fracture') then 'not_applicable'
        when reached_day is not null then 'reached'
        when day < expected_day then 'ahead'
        when day <= late_day then 'due'
        else 'unknown'
    end as state,
    reached_day::integer as reached_day,
    coalesce(reached_day >= late_day, false) as is_reached_late,
    late_now[1].happened_on as late_since,
    last_status,
    case when len(late_now) > 0 then [x.id for x in late_now] else coalesce(fact_ids, []) end as fact_ids
from judged
order by episode_id, as_of, expected_day, late_day, milestone
