-- question  Which milestones does this course's timeline have, and how does each stand now?
-- grain     milestone
-- param     episode_id  varchar  demo-0001  the course
-- uses      entry/course_by_id as course
-- column    milestone     varchar  the milestone
-- column    label         varchar  in words
-- column    expected_day  integer  the usual day
-- column    last_label    varchar  as last recorded, in words
-- column    is_settled    boolean  reached, or doesn't apply: nothing left to ask
-- missing   no row before a procedure; last_label null: never asked about
with record as (
    select
        e.milestone,
        last(e.status order by e.happened_on, e.happened_at nulls first, e.recorded_at) as last_status
    from milestone_event e
    join course c on c.patient_id = e.patient_id and c.episode_id = e.episode_id
    where e.retracted_at is null
    group by e.milestone
)

select
    m.milestone,
    m.label,
    m.expected_day,
    t.label as last_label,
    coalesce(r.last_status in ('achieved', 'not_applicable', 'unable_before_fracture'), false) as is_settled
from course c
join milestone m on m.timeline_version = c.timeline_version
left join record r on r.milestone = m.milestone
left join milestone_status t on t.status = r.last_status
where c.has_procedure
order by m.expected_day, m.late_day, m.milestone
