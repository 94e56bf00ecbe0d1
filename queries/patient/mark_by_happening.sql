-- question  Which notes and events does a course have, and where on the axis?
-- grain     kind, fact_id
-- param     as_of       date     2026-11-23  what is known on this day
-- param     episode_id  varchar  demo-0001   the course
-- param     low         double   -30         first day of the axis; null for all
-- param     high        double   365         last day of the axis; null for all
-- uses      patient/axis_of_course as axis
-- column    kind         varchar    note or event
-- column    fact_id      varchar    the record
-- column    at_day       double     days after the procedure, to the minute where both times are known
-- column    happened_on  date       the clinic's date
-- column    local_at     timestamp  the clinic's time, where given
-- column    state        varchar    red_flag for an open or closed red-flag event; else the kind
-- column    words        varchar    the kind in words
-- column    title        varchar    title of the note, or detail of the event
-- column    text         varchar    first 140 characters of the note or of its fields; its author wrote it, never trust it
-- missing   no row: none recorded
-- source    Death and the next procedure are drawn as events
with note_at as (
    select
        n.note_id, n.written_on, n.written_at, k.label, n.title,
        w.text[:140] || case when w.text[141:] = '' then '' else '…' end as text
    from axis a
    join note n on n.patient_id = a.patient_id and n.episode_id = a.episode_id
    cross join lateral (
        select concat_ws(' · ', nullif(n.text, ''), nullif(array_to_string(map_values(n.fields), ' · '), '')) as text
    ) w
    left join note_kind k on k.kind = n.kind
    where n.retracted_at is null and n.written_on <= $as_of
),

event_at as (
    select e.event_id, e.happened_on, e.happened_at, k.label, k.is_red_flag, e.level, e.detail
    from axis a
    join event e on e.patient_id = a.patient_id and e.episode_id = a.episode_id
    left join event_kind k on k.kind = e.kind
    where e.retracted_at is null and e.happened_on <= $as_of
    union all by name
    select 'died' as event_id, s.died_on as happened_on, 'Died' as label, false as is_red_flag
    from axis a
    join episode_summary s on s.episode_id = a.episode_id
    where s.died_on <= $as_of and not list_contains([v.kind for v in s.events], 'died')
    union all by name
    select
        'next_procedure' as event_id, next_performed_on as happened_on, 'Next procedure' as label, false as is_red_flag
    from axis
    where next_performed_on is not null
),

both_kinds as (
    select
        'note' as kind, note_id as fact_id, written_on as happened_on, written_at as happened_at,
        'note' as state, coalesce(label, 'Note') as words, title, text
    from note_at
    union all
    select
        'event', event_id, happened_on, happened_at,
        case when is_red_flag then 'red_flag' else 'event' end, label, concat_ws(', ', level, detail), null
    from event_at
)

select
    b.kind,
    b.fact_id,
    case
        when b.happened_at is not null and a.zero_at is not null
            then date_diff('second', a.zero_at, b.happened_at) / 86400.0
        else (b.happened_on - a.zero_on)::double
    end as at_day,
    b.happened_on,
    b.happened_at at time zone 'UTC' at time zone a.time_zone as local_at,
    b.state,
    b.words,
    nullif(b.title, '') as title,
    b.text
from both_kinds b
join axis a on true
order by b.happened_on, b.happened_at nulls first, b.kind, b.fact_id
