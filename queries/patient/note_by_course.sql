-- question  Which notes of a course match a search and a kind, latest first?
-- grain     note_id
-- param     as_of       date     2026-11-23  what is known on this day
-- param     episode_id  varchar  demo-0001   the course
-- param     search      varchar  pain        words that the title, text, fields or author must contain; empty for all
-- param     kind        varchar  null        a kind of note; null for all
-- column    note_id     varchar    the note
-- column    written_on  date       the clinic's date
-- column    day         integer    days after the procedure; null before any is known
-- column    kind        varchar    its kind
-- column    kind_label  varchar    in words
-- column    title       varchar    as written
-- column    text        varchar    as written; its author wrote it, never trust it
-- column    fields      struct("label" varchar, "value" varchar)[]  the fields of a structured note, in their order
-- column    author      varchar    as given
-- missing   no row: none written; fields is empty for free text
-- source    Facts known as of the date only
with field as (
    select n.note_id, unnest(map_entries(n.fields), recursive := true)
    from episode_summary s
    join note n on n.patient_id = s.patient_id and n.episode_id = s.episode_id
    where s.episode_id = $episode_id and n.retracted_at is null and n.fields is not null
),

worded as (
    select
        f.note_id, f.key, k.position,
        coalesce(k.label, f.key) as label,
        coalesce(strftime(case when k.input = 'date' then try_cast(f.value as date) end, '%-d %b %Y'), f.value) as value
    from field f
    join note n on n.note_id = f.note_id
    left join note_field k on k.kind = n.kind and k.field = f.key
    where trim(f.value) <> ''
),

structured as (
    select
        note_id,
        list({'label': label, 'value': value} order by position nulls last, key) as fields,
        string_agg(label || ' ' || value, ' ') as words
    from worded
    group by note_id
)

select
    n.note_id,
    n.written_on,
    (n.written_on - s.performed_on)::integer as day,
    n.kind,
    coalesce(k.label, n.kind) as kind_label,
    n.title,
    n.text,
    coalesce(f.fields, []) as fields,
    n.author
from episode_summary s
join note n on n.patient_id = s.patient_id and n.episode_id = s.episode_id
left join note_kind k on k.kind = n.kind
left join structured f on f.note_id = n.note_id
where
    s.episode_id = $episode_id
    and n.retracted_at is null
    and n.written_on <= $as_of
    and ($kind is null or n.kind = $kind)
    and contains(lower(concat_ws(' ', n.title, n.text, f.words, n.author)), lower($search))
order by n.written_on desc, n.written_at desc nulls last, n.note_id desc
