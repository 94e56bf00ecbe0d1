-- question  Which scores does a course have, in which panel, and when exactly?
-- grain     score_id
-- param     as_of       date     2026-11-23  what is known on this day
-- param     episode_id  varchar  demo-0001   the course
-- param     low         double   -30         first day of the axis; null for all
-- param     high        double   365         last day of the axis; null for all
-- uses      patient/axis_of_course as axis
-- column    score_id    varchar    the score
-- column    instrument  varchar    the panel that it is drawn in
-- column    day         integer    date minus day 0
-- column    at_day      double     days after the procedure, to the minute where both times are known
-- column    taken_on    date       the clinic's date
-- column    taken_at    timestamp  UTC, where a time was given
-- column    local_at    timestamp  the clinic's time, where a time was given
-- column    value       double     in the instrument's unit; null unless done
-- column    status      varchar    done, unable, not_tried or refused
-- column    is_before   boolean    taken before the procedure
-- missing   no row: no score; never 0
-- source    A score before a second procedure stays in the first course and may be the second's baseline
select
    s.score_id,
    case when s.instrument = 'nrs_pain' and a.is_declared then a.primary_instrument else s.instrument end as instrument,
    (s.taken_on - a.zero_on)::integer as day,
    case
        when s.taken_on = a.zero_on and a.zero_at is null and s.context = 'before' then -0.5
        when s.taken_at is not null and a.zero_at is not null then date_diff('second', a.zero_at, s.taken_at) / 86400.0
        else (s.taken_on - a.zero_on)::double
    end as at_day,
    s.taken_on,
    s.taken_at,
    s.taken_at at time zone 'UTC' at time zone a.time_zone as local_at,
    case when s.status = 'done' then s.value end as value,
    s.status,
    a.has_procedure and (
        s.taken_on < a.zero_on
        or s.taken_on = a.zero_on and (coalesce(s.taken_at < a.zero_at, false) or coalesce(s.context, '') = 'before')
    ) as is_before
from axis a
join score s on s.patient_id = a.patient_id
where
    s.retracted_at is null
    and s.taken_on <= $as_of
    and (
        s.episode_id is not distinct from case when a.has_procedure then a.episode_id end
        or s.score_id = a.baseline_score_id
    )
order by s.instrument, s.taken_on, s.taken_at nulls first, s.score_id
