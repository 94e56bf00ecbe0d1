-- question  What does each event row say, and what is wrong with it?
-- grain     row_id
-- after     import/define_garbled
-- after     import/define_unknown
-- after     import/define_moment_fault
-- after     import/open_events
-- after     import/make_courses
-- after     import/open_checks
-- source    Two events of one kind on one day are told apart by their level, two closings by what they close
insert into checked
with known as (
    select
        s.*,
        moment_fault(s."on", c.zone, c.today, c.born_from, c.died_on) as on_fault,
        c.patient_id, c.zone, c.today, c.born_from, c.died_on, c.performed_on, c.timeline_version,
        k.kind as known_kind,
        k.closes,
        v.level as known_level
    from staged_events s
    left join course c on c.episode_id = s.episode_id
    left join event_kind k on k.kind = lower(s.kind)
    left join level v on v.level = upper(s.level)
),

judged as (
    select *, case
        when episode_id is null then ['episode_id', null, 'is empty: give the episode''s id']
        when patient_id is null then ['episode_id', episode_id, unknown(episode_id, 'episode')]
        when kind is null then ['kind', null, 'is empty: give the kind of event, such as new_fracture']
        when known_kind is null then ['kind', kind, 'is not a known kind: write one of data/reference/event_kind.csv, such as new_fracture']
        when on_fault is not null then ['on', "on", on_fault]
        when level is not null and known_level is null then ['level', level, 'is not a known level: write one of T1 to T12 and L1 to L5']
        when garbled(detail) is not null then ['detail', detail, garbled(detail)]
    end as fault
    from known
)

select
    row_id,
    file_no,
    line,
    null,
    false,
    patient_id,
    null,
    concat_ws(
        chr(31), episode_id, known_kind, moment_text("on", zone), coalesce(known_level, ''),
        case when closes is null then '' else lower(coalesce(detail, '')) end
    ),
    [patient_id, episode_id, known_kind, moment_text("on", zone), known_level, detail],
    fault[1],
    fault[2],
    fault[3]
from judged
