-- question  What happened in a course between two moments: milestones, medicines, events, notes?
-- grain     kind
-- param     as_of       date     2026-11-23  what is known on this day
-- param     episode_id  varchar  demo-0001   the course
-- param     first       varchar  baseline    one moment
-- param     second      varchar  latest      the other
-- param     low         double   null        first day of the axis; null for all
-- param     high        double   null        last day of the axis; null for all
-- uses      patient/axis_of_course as axis
-- uses      patient/score_of_course as course_score
-- uses      patient/moment_of_course as moment
-- uses      status/course_as_of as course
-- uses      status/milestone_by_course as milestone_state
-- column    kind    varchar  milestone, started, stopped, event or note
-- column    label   varchar  in words
-- column    number  bigint   how many
-- column    words   varchar  which, with their days; names come from outside
-- missing   words is null where there were none
-- source    After the date of the first moment, up to that of the second
with span as (
    select min(on_date) as from_on, max(on_date) as to_on
    from moment
    where moment in ($first, $second)
),

fact as (
    select 'milestone' as kind, m.label as name, a.zero_on + m.reached_day as happened_on
    from milestone_state m
    join axis a on a.has_procedure
    where m.reached_day is not null
    union all
    select 'started', m.drug, m.started_on
    from axis a
    join medication m on m.patient_id = a.patient_id and m.episode_id = a.episode_id
    where m.retracted_at is null
    union all
    select 'stopped', m.drug, m.stopped_on
    from axis a
    join medication m on m.patient_id = a.patient_id and m.episode_id = a.episode_id
    where m.retracted_at is null
    union all
    select 'event', coalesce(k.label, e.kind), e.happened_on
    from axis a
    join event e on e.patient_id = a.patient_id and e.episode_id = a.episode_id
    left join event_kind k on k.kind = e.kind
    where e.retracted_at is null
    union all
    select 'note', coalesce(k.label, n.kind), n.written_on
    from axis a
    join note n on n.patient_id = a.patient_id and n.episode_id = a.episode_id
    left join note_kind k on k.kind = n.kind
    where n.retracted_at is null
),

told as (
    select f.*, f.name || ' (day ' || replace((f.happened_on - a.zero_on)::varchar, '-', '−') || ')' as words
    from fact f
    join axis a on true
    join span s on f.happened_on > s.from_on and f.happened_on <= s.to_on
    where f.happened_on <= $as_of
),

known(kind, label, position) as (
    values ('milestone', 'Milestones reached', 1), ('started', 'Medicines started', 2),
        ('stopped', 'Medicines stopped', 3), ('event', 'Events', 4), ('note', 'Notes written', 5)
)

select k.kind, k.label, count(t.name) as number, string_agg(t.words, ', ' order by t.happened_on, t.name) as words
from known k
left join told t on t.kind = k.kind
group by k.kind, k.label, k.position
order by k.position
