-- question  Which medicines were taken in a course, and when?
-- grain     medication_id
-- param     as_of       date     2026-11-23  what is known on this day
-- param     episode_id  varchar  demo-0001   the course
-- param     low         double   -30         first day of the axis; null for all
-- param     high        double   365         last day of the axis; null for all
-- param     bars        integer  8           most milestones and most medicines drawn
-- uses      patient/axis_of_course as axis
-- column    medication_id  varchar  the record
-- column    from_day       double   start, in days after the procedure
-- column    to_day         double   stop, or today
-- column    started_on     date     start
-- column    stopped_on     date     stop; null while taken
-- column    state          varchar  opioid or other
-- column    words          varchar  drug and dose
-- column    position       bigint   row in the panel, from the top; null where it is not drawn
-- column    is_in_range    boolean  in the stretch of time shown
-- column    of_all         varchar  the title: what a solid bar is, and how many are left out
-- missing   no row: none recorded
-- source    Drawn: at most $bars, opioids first, then the latest; the others are in the table
with taken as (
    select
        m.medication_id,
        (m.started_on - a.zero_on)::double as from_day,
        (coalesce(k.stopped_on, a.end_on, $as_of::date) - a.zero_on)::double as to_day,
        m.started_on,
        k.stopped_on,
        case when m.opioid then 'opioid' else 'other' end as state,
        upper(m.drug[1]) || m.drug[2:]
            || coalesce(printf(' %g', m.dose) || coalesce(' ' || m.unit, ''), '') as words,
        a.low,
        a.high
    from axis a
    join medication m on m.patient_id = a.patient_id and m.episode_id = a.episode_id
    cross join lateral (select case when m.stopped_on <= $as_of then m.stopped_on end as stopped_on) k
    where m.retracted_at is null and m.started_on <= $as_of
),

ranked as (
    select
        *,
        to_day >= low and from_day <= high as is_in_range,
        row_number() over (
            partition by to_day >= low and from_day <= high
            order by state = 'other', started_on desc, words, medication_id
        ) as place
    from taken
)

select
    medication_id, from_day, to_day, started_on, stopped_on, state, words,
    case when is_in_range and place <= $bars then place - 1 end as position,
    is_in_range,
    'Medicines' || case when bool_or(state = 'opioid' and is_in_range) over () then ' · solid bar: opioid' else '' end
        || coalesce(
            ' · ' || nullif(count(*) filter (where is_in_range and place > $bars) over (), 0) || ' more in the table', ''
        ) as of_all
from ranked
order by state = 'other', started_on desc, words, medication_id
