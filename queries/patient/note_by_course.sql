-- question  Which notes of a course match a search and a kind, latest first?
-- grain     note_id
-- param     as_of       date     2026-11-23  what is known on this day
-- param     episode_id  varchar  demo-0001   the course
-- param     search      varchar  pain        words that the title, text or author must contain; empty for all
-- param     kind        varchar  null        a kind of note; null for all
-- column    note_id     varchar    the note
-- column    written_on  date       the clinic's date
-- column    day         integer    days after the procedure; null before any is known
-- column    kind        varchar    its kind
-- column    kind_label  varchar    in words
-- column    title       varchar    as written
-- column    text        varchar    as written; its author wrote it, never trust it
-- column    author      varchar    as given
-- missing   no row: none written
-- source    Facts known as of the date only
select
    n.note_id,
    n.written_on,
    (n.written_on - s.performed_on)::integer as day,
    n.kind,
    coalesce(k.label, n.kind) as kind_label,
    n.title,
    n.text,
    n.author
from episode_summary s
join note n on n.patient_id = s.patient_id and n.episode_id = s.episode_id
left join note_kind k on k.kind = n.kind
where
    s.episode_id = $episode_id
    and n.retracted_at is null
    and n.written_on <= $as_of
    and ($kind is null or n.kind = $kind)
    and contains(lower(concat_ws(' ', n.title, n.text, n.author)), lower($search))
order by n.written_on desc, n.written_at desc nulls last, n.note_id desc
