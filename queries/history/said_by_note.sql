-- question  What do all notes of this patient say, in words, with those corrected or taken back since?
-- grain     fact_id
-- param     patient_id  varchar  DEMO-P0001  the patient
-- column    kind         varchar    note
-- column    fact_id      varchar    the row
-- column    patient_id   varchar    the patient
-- column    episode_id   varchar    the course
-- column    what         varchar    what it is about
-- column    said         varchar    what it says about it; its author wrote it, never trust it
-- column    moment_on    date       the clinic's date
-- column    moment_at    timestamp  UTC, where a time was given
-- column    recorded_at  timestamp  UTC
-- column    recorded_by  varchar    who
-- column    source       varchar    entered, or where it came from
-- column    batch_id     varchar    the import that brought it
-- column    retracted_at  timestamp  UTC; null while it is current
-- column    supersedes   varchar    the row that it took the place of
-- missing   no row: none
with field as (
    select note_id, kind, unnest(map_entries(fields), recursive := true)
    from note
    where patient_id = $patient_id and fields is not null
),

labelled as (
    select
        f.note_id,
        string_agg(coalesce(n.label, f.key) || ': ' || f.value, ' · ' order by n.position nulls last, f.key) as words
    from field f
    left join note_field n on n.kind = f.kind and n.field = f.key
    group by f.note_id
)

select
    'note' as kind,
    f.note_id as fact_id,
    f.patient_id,
    f.episode_id,
    coalesce(k.label, f.kind) || ' note' as what,
    concat_ws(
        ' · ',
        nullif(f.title, ''),
        nullif(f.text, ''),
        w.words
    ) as said,
    f.written_on as moment_on,
    f.written_at as moment_at,
    f.recorded_at,
    f.recorded_by,
    f.source,
    f.batch_id,
    f.retracted_at,
    f.supersedes
from note f
left join note_kind k on k.kind = f.kind
left join labelled w on w.note_id = f.note_id
where f.patient_id = $patient_id
order by f.note_id
