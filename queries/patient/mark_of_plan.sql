-- question  What is drawn of a course's visits, milestones and medicines?
-- grain     id
-- param     as_of       date     2026-11-23  what is known on this day
-- param     episode_id  varchar  demo-0001   the course
-- param     low         double   -30         first day of the axis; null for all
-- param     high        double   365         last day of the axis; null for all
-- param     bars        integer  8           most milestones and most medicines drawn
-- uses      patient/axis_of_course as axis
-- uses      status/course_as_of as course
-- uses      status/visit_by_course as visit
-- uses      status/milestone_by_course as milestone_state
-- uses      patient/bar_by_milestone as milestone_bar
-- uses      patient/bar_by_medication as medication_bar
-- column    id           varchar  kind and name
-- column    panel        varchar  milestone, medicine or visit; missed visits stand in the primary instrument's
-- column    layer        varchar  kind of mark
-- column    at_day       double   start
-- column    to_day       double   end
-- column    mid_day      double   the usual day of a milestone, the target of a visit
-- column    mark_day     double   the day reached
-- column    y            bigint   row in the panel
-- column    state        varchar  how it stands
-- column    word         varchar  beside the mark
-- column    short_word   varchar  the same where there is little room
-- column    is_drawn     boolean  false: in the table only
-- column    happened_on  date     the date that it is about
-- column    what         varchar  the kind in words
-- column    value_words  varchar  how it stands, in words
-- missing   no visits or milestones before a procedure
-- source    Windows: data/reference/visit_window.csv, milestone.csv
with open_visit as (
    select
        v.*,
        a.zero_on,
        a.primary_instrument,
        coalesce((v.received_on - a.zero_on)::double, v.target_day::double) as seen_day
    from visit v
    join axis a on v.state = 'received' or a.end_on is null or v.to_day < a.end_on - a.zero_on
)

select
    'missed:' || visit as id, primary_instrument as panel, 'missed' as layer,
    from_day::double as at_day, to_day::double as to_day,
    target_day::double as mid_day, null::double as mark_day, null::bigint as y,
    state, label || ' missed' as word, null::varchar as short_word, true as is_drawn,
    zero_on + target_day as happened_on,
    'Gap in the line' as what, label || ' missed: due day ' || target_day || ', nothing received' as value_words
from open_visit
where state = 'missed'
union all by name
select
    'visit:' || visit as id, 'visit' as panel, 'visit' as layer,
    seen_day as at_day, to_day::double as to_day, from_day::double as mid_day,
    state, label || case when state in ('missed', 'overdue') then ' ' || state else '' end as word,
    label as short_word, true as is_drawn,
    coalesce(received_on, target_on) as happened_on, 'Visit' as what, label || ', ' || state as value_words
from open_visit
union all by name
select
    'milestone:' || milestone as id, 'milestone' as panel, 'milestone' as layer,
    from_day as at_day, to_day, usual_day as mid_day, mark_day,
    position as y, state, words as word, label as short_word, position is not null as is_drawn,
    a.zero_on + coalesce(mark_day, usual_day)::integer as happened_on,
    'Milestone' as what, words || ', window day ' || from_day::integer || ' to ' || to_day::integer as value_words
from milestone_bar
join axis a on true
where is_in_range
union all by name
select
    'medicine:' || medication_id as id, 'medicine' as panel, 'medicine' as layer,
    from_day as at_day, to_day, position as y, state,
    words as word, position is not null as is_drawn, started_on as happened_on, 'Medicine' as what,
    words || coalesce(', until ' || strftime(stopped_on, '%-d %b %Y'), ', still taken') as value_words
from medication_bar
where is_in_range
order by id
