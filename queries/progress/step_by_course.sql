-- question  Which steps has each patient reached, and which are ahead, in plain words?
-- grain     episode_id, milestone
-- param     as_of       date     2026-11-23  which day is today, for the clinic
-- param     episode_id  varchar  null        one course, or null for all
-- uses      status/threshold_by_version as threshold_row
-- uses      status/course_as_of as course
-- uses      status/milestone_by_course as milestone_state
-- column    episode_id    varchar  the course
-- column    milestone     varchar  the milestone
-- column    title         varchar  in plain words
-- column    reached_day   integer  days after the procedure; null: ahead
-- column    is_new        boolean  reached of late, and not before the day from which it is advised
-- column    turn          bigint   of those reached the newest first, of those ahead the soonest
-- column    stage         varchar  ahead: not_before, by or ready
-- column    earliest_on   date     not advised before
-- column    expected_day  integer  usual
-- missing   no row: not applicable, or never asked about and past its day; stage null: reached
-- source    Reached is what was last recorded so; what was never asked about is unknown, and is not told as ahead once its day has passed; what was done before it is advised is still told as ahead until then
with told as (
    select
        m.episode_id, m.milestone, p.title, m.earliest_day, m.expected_day, c.day, c.performed_on, t.recent_days,
        case
            when m.state = 'reached' and m.last_status = 'achieved' and c.day >= m.earliest_day then m.reached_day
        end as reached_day,
        m.reached_day >= m.earliest_day as is_advised,
        m.state, p.ahead, m.last_status
    from milestone_state m
    join patient_step p using (milestone)
    join course c using (episode_id)
    join threshold_row t using (timeline_version)
    where c.day >= 0
)

select
    episode_id, milestone, title, reached_day,
    coalesce(is_advised and day - reached_day <= recent_days, false) as is_new,
    row_number() over (
        partition by episode_id, reached_day is null
        order by reached_day desc, case when reached_day is null then expected_day else -expected_day end, milestone
    ) as turn,
    case
        when reached_day is not null then null
        when day < earliest_day then 'not_before'
        when day <= expected_day then 'by'
        else 'ready'
    end as stage,
    performed_on + earliest_day as earliest_on,
    expected_day
from told
where reached_day is not null
    or (state not in ('unknown', 'not_applicable') and (ahead = 'always' or last_status in ('not_yet', 'unable')))
order by episode_id, reached_day is null, turn
