-- question  Which marks does a course's chart have, and what does each say? The chart and its table are both made of these rows.
-- grain     id
-- param     as_of       date     2026-11-23  what is known on this day
-- param     episode_id  varchar  demo-0001   the course
-- param     low         double   -30         first day of the axis; null for all
-- param     high        double   365         last day of the axis; null for all
-- param     before      double   0.9         width of the slot that holds the 30 days before the procedure, in units of the axis
-- param     flagged     varchar  s-1,s-2     ids of the facts behind the verdict, with a comma between
-- param     verdict     varchar  slower      the verdict
-- param     bars        integer  8           most milestones and most medicines drawn
-- param     points      integer  900         most scores drawn, about
-- uses      patient/axis_of_course as axis
-- uses      patient/mark_of_scores as score_mark
-- uses      patient/mark_of_band as band_mark
-- uses      patient/mark_of_plan as plan_mark
-- uses      patient/mark_of_time as time_mark
-- column    id              varchar  kind and name, or the fact's id
-- column    panel           varchar  an instrument, phase, milestone, medicine, visit, or today
-- column    layer           varchar  kind of mark
-- column    x               double   start, in units of the axis (days; the days before are squeezed into their slot)
-- column    x2              double   end
-- column    x3              double   usual day, target day, or the next mark in the row
-- column    xm              double   the day reached
-- column    y               double   value, or row in the panel
-- column    p10             double   in the instrument's unit, as all that follow
-- column    p25             double   a quarter is at or below
-- column    p75             double   three quarters are at or below
-- column    p90             double   nine in ten are at or below
-- column    told            double   the highest value that a patient is told to expect
-- column    stretch         bigint   the line breaks where this changes
-- column    state           varchar  how it stands; drawn as shape and colour
-- column    word            varchar  drawn beside the mark
-- column    short_word      varchar  the same where there is little room
-- column    note_id         varchar  the note that a click opens
-- column    is_drawn        boolean  false: in the table only
-- column    happened_on     date     the clinic's date
-- column    what            varchar  the kind in words
-- column    when_words      varchar  day and date, hours in the first two days
-- column    value_words     varchar  value, or how it stands
-- column    expected_words  varchar  the range expected
-- column    standing_words  varchar  centile, in words too
-- column    note_words      varchar  title and beginning of a note; its author wrote it, never trust it
-- missing   null where a column says nothing about a kind of mark
-- source    Facts known as of the date only; retracted facts never
with mark as (
    select * from score_mark
    union all by name
    select * from band_mark
    union all by name
    select * from plan_mark
    union all by name
    select * from time_mark
),

placed as (
    select
        m.*,
        a.*,
        m.happened_on - a.zero_on as day,
        max(case when m.layer = 'note' then m.id end) over (partition by m.happened_on) as note_of_date,
        greatest(m.at_day, a.low) as from_day,
        lead(m.at_day) over (partition by m.layer order by m.at_day, m.id) as next_day
    from mark m
    cross join (select low, high, has_procedure, zero_on, zero_at from axis) a
    where m.at_day <= a.high and coalesce(m.to_day, m.at_day) >= a.low or m.layer in ('milestone', 'title', 'today')
)

select
    id, panel, layer,
    case when from_day < 0 then -$before * (0.4 + greatest(from_day, -30) / -50) else least(from_day, high) end as x,
    case
        when to_day < 0 then -$before * (0.4 + greatest(to_day, -30) / -50)
        when to_day is not null then greatest(least(to_day, high), low)
    end as x2,
    case
        when layer in ('visit', 'event') then next_day
        when mid_day is not null then least(greatest(mid_day, low), high)
    end as x3,
    case
        when mark_day < 0 then -$before * (0.4 + greatest(mark_day, -30) / -50)
        when mark_day between low and high then mark_day
    end as xm,
    y, p10, p25, p75, p90, told, stretch, state, word, short_word,
    case when layer in ('visit', 'event') then note_of_date else note_id end as note_id,
    coalesce(is_drawn, true) as is_drawn,
    happened_on, what,
    case
        when layer in ('band', 'mean') then 'from day ' || at_day::integer
        when happened_on is null then null
        when not has_procedure then ''
        when day < 0 then -day || ' days before · '
        when at_day < 0 then 'before the procedure · '
        when local_at is not null and zero_at is not null and at_day <= 2
            then floor(at_day * 24)::integer || ' h ' || (floor(at_day * 1440)::integer % 60) || ' min · '
        else 'day ' || day || ' · '
    end || coalesce(strftime(happened_on, '%-d %b %Y'), '') || coalesce(strftime(local_at, ' %H:%M'), '') as when_words,
    value_words, expected_words, standing_words, note_words
from placed
order by list_position(['today', 'score', 'unable', 'missed', 'visit', 'milestone', 'event', 'note', 'medicine'], layer),
    panel, coalesce(layer = 'event' and state = 'red_flag', false), x, id
