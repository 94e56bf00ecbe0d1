-- question  What is drawn of a course's phases, notes and events, of the titles of its tracks, and of today?
-- grain     id
-- param     as_of       date     2026-11-23  what is known on this day
-- param     episode_id  varchar  demo-0001   the course
-- param     low         double   -30         first day of the axis; null for all
-- param     high        double   365         last day of the axis; null for all
-- param     bars        integer  8           most milestones and most medicines drawn
-- uses      patient/axis_of_course as axis
-- uses      patient/score_of_course as course_score
-- uses      patient/mark_by_happening as happening
-- uses      status/course_as_of as course
-- uses      status/milestone_by_course as milestone_state
-- uses      patient/bar_by_milestone as milestone_bar
-- uses      patient/bar_by_medication as medication_bar
-- column    id           varchar    kind and name, or the fact's id
-- column    panel        varchar    phase, visit, today, milestone or medicine
-- column    layer        varchar    phase, note, event, title or today
-- column    at_day       double     start
-- column    to_day       double     end
-- column    state        varchar    now or other; today: now, before or after the stretch shown; an event: red_flag or event
-- column    word         varchar    beside the mark
-- column    note_id      varchar    the note itself
-- column    happened_on  date       the date that it is about
-- column    local_at     timestamp  the clinic's time, where given
-- column    what         varchar    the kind in words
-- column    value_words  varchar    how it stands, in words
-- column    note_words   varchar    title and beginning of a note; its author wrote it, never trust it
-- missing   no phases before a procedure
-- source    data/reference/phase.csv
select
    'phase:' || p.phase as id, 'phase' as panel, 'phase' as layer,
    p.from_day::double as at_day, coalesce(p.to_day + 1, a.high)::double as to_day,
    case when a.today between p.from_day and coalesce(p.to_day, a.today) then 'now' else 'other' end as state,
    upper(p.label[1]) || p.label[2:] as word,
    null::varchar as note_id, a.zero_on + p.from_day as happened_on, null::timestamp as local_at,
    'Phase' as what, upper(p.label[1]) || p.label[2:] as value_words, null::varchar as note_words
from axis a
join phase p using (timeline_version)
union all by name
select
    fact_id as id, 'visit' as panel, kind as layer, at_day, state, words as word,
    case when kind = 'note' then fact_id end as note_id,
    happened_on, local_at, words as what, title as value_words, nullif(concat_ws(': ', title, text), '') as note_words
from happening
union all by name
select distinct
    'title:' || panel as id, panel, 'title' as layer, 0::double as at_day, of_all as word,
    'Summary' as what, of_all as value_words
from (
    select 'milestone' as panel, of_all from milestone_bar where is_in_range
    union all
    select 'medicine', of_all from medication_bar where is_in_range
)
union all by name
select
    'today' as id, 'today' as panel, 'today' as layer,
    greatest(a.today, (select max(at_day) from course_score))::double as at_day,
    case when a.today > a.high + 1 then 'after' when a.today < a.low then 'before' else 'now' end as state,
    case when a.today > a.high + 1 then 'today is ' else 'today, ' end
        || case
            when not a.has_procedure then strftime($as_of::date, '%-d %b')
            when a.today < 0 then -a.today || ' days before'
            else 'day ' || a.today
        end
        || case when a.today > a.high + 1 then ' →' else '' end as word,
    $as_of::date as happened_on, 'Today' as what, 'as of this date' as value_words
from axis a
order by id
