-- question  What does each note row say, and what is wrong with it?
-- grain     row_id
-- after     import/define_garbled
-- after     import/define_unknown
-- after     import/define_moment_fault
-- after     import/open_notes
-- after     import/make_courses
-- after     import/open_checks
-- source    The same words at the same instant are the same note
insert into checked
with known as (
    select
        s.*,
        moment_fault(s.written_at, c.zone, c.today, c.born_from, c.died_on) as written_at_fault,
        c.patient_id, c.zone, c.today, c.born_from, c.died_on, c.performed_on, c.timeline_version,
        k.kind as known_kind
    from staged_notes s
    left join course c on c.episode_id = s.episode_id
    left join note_kind k on k.kind = lower(s.kind)
),

judged as (
    select *, case
        when episode_id is null then ['episode_id', null, 'is empty: give the episode''s id']
        when patient_id is null then ['episode_id', episode_id, unknown(episode_id, 'episode')]
        when kind is null then ['kind', null, 'is empty: write ' || (select string_agg(kind, ', ' order by kind) from note_kind)]
        when known_kind is null then ['kind', kind, 'is not a known kind: write ' || (select string_agg(kind, ', ' order by kind) from note_kind)]
        when written_at_fault is not null then ['written_at', written_at, written_at_fault]
        when text is null and filled is null then ['text', null, 'is empty: give the words of the note']
        when garbled(text) is not null then ['text', text, garbled(text)]
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
    concat_ws(chr(31), episode_id, known_kind, moment_text(written_at, zone), coalesce(text, '')),
    [
        patient_id, episode_id, known_kind, moment_text(written_at, zone), title, coalesce(text, ''), author,
        cast(to_json(cast(cast(filled as json) as map(varchar, varchar))) as varchar)
    ],
    fault[1],
    fault[2],
    fault[3]
from judged
