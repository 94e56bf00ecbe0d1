-- question  How does each milestone stand: its expected window against the day it was reached?
-- grain     milestone
-- param     as_of       date     2026-11-23  what is known on this day
-- param     episode_id  varchar  demo-0001   the course
-- param     low         double   -30         first day of the axis; null for all
-- param     high        double   365         last day of the axis; null for all
-- param     bars        integer  8           most milestones and most medicines drawn
-- uses      patient/axis_of_course as axis
-- uses      status/course_as_of as course
-- uses      status/milestone_by_course as milestone_state
-- column    milestone     varchar  the milestone
-- column    from_day      double   not advised before
-- column    usual_day     double   usual
-- column    to_day        double   later than usual from here
-- column    mark_day      double   the day reached, or today where it is late; null otherwise
-- column    state         varchar  late, due, reached, reached_late, ahead, unknown
-- column    words         varchar  beside the bar
-- column    label         varchar  its name
-- column    last_status   varchar  as last recorded
-- column    position      bigint   row in the panel, from the top; null where it is not drawn
-- column    is_in_range   boolean  in the stretch of time shown
-- column    of_all        varchar  how many are reached, late and due
-- missing   no row before a procedure, nor for a milestone that does not apply
-- source    Drawn: at most $bars, late first, then due, then the latest reached; in order of the expected day
with judged as (
    select
        m.*,
        case
            when m.state = 'late' then 1
            when m.state = 'due' then 2
            when m.state = 'reached' then 3
            when m.state = 'ahead' then 4
            else 5
        end as turn,
        a.today,
        least(m.expected_day, m.reached_day) <= a.high
            and (m.late_day >= a.low or m.reached_day >= a.low or m.state = 'late') as is_in_range
    from milestone_state m
    join axis a on true
    where m.state <> 'not_applicable'
),

chosen as (
    select
        *,
        is_in_range and state <> 'unknown' and row_number() over (
            partition by is_in_range
            order by turn, case when state = 'reached' then -reached_day else expected_day end, milestone
        ) <= $bars as is_drawn,
        count(*) filter (where state = 'reached') over () as reached,
        count(*) filter (where state = 'reached' and reached_day > late_day) over () as reached_late,
        count(*) filter (where state = 'late') over () as late,
        count(*) filter (where state = 'due') over () as due
    from judged
)

select
    milestone,
    earliest_day::double as from_day,
    expected_day::double as usual_day,
    late_day::double as to_day,
    case when state = 'late' then today else reached_day end::double as mark_day,
    case when state = 'reached' and reached_day > late_day then 'reached_late' else state end as state,
    label || case
        when state = 'late' then ' · not yet, usual by day ' || late_day
        when state = 'reached' and reached_day > late_day
            then ' · day ' || reached_day || ', ' || (reached_day - late_day) || ' d later than usual'
        when state = 'reached' then ' · day ' || reached_day
        when state = 'unknown' then ' · not asked'
        else ''
    end as words,
    label,
    last_status,
    case when is_drawn then
        row_number() over (partition by is_drawn order by expected_day, late_day, milestone) - 1
    end as position,
    is_in_range,
    'Milestones: ' || reached || ' reached'
        || case when reached_late > 0 then ' (' || reached_late || ' late), ' else ', ' end
        || case
            when late > 0 then late || ' later than usual, '
            when reached_late > 0 then ''
            else 'none later than usual, '
        end
        || due || ' due now'
        || coalesce(
            ' · ' || nullif(count(*) filter (where not is_drawn and is_in_range) over (), 0) || ' more in the table', ''
        ) as of_all
from chosen
order by expected_day, late_day, milestone
