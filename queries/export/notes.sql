-- question  Which notes are there, as an import takes them?
-- grain     episode_id, kind, written_at, text
-- after     export/define_instant
-- column    episode_id  varchar  the course
-- column    written_at  varchar  day or instant
-- column    kind  varchar  the kind of note
-- column    text  varchar  its text; its author wrote it, never trust it
-- column    author  varchar  who
-- column    title  varchar  its title
-- missing   no row: nothing is stored; null: an empty cell
-- source    The fields of a structured note become lines of its text, as an import has no columns for them
select
    episode_id,
    instant(written_on, written_at) as written_at,
    kind,
    concat_ws(
        chr(10),
        nullif(text, ''),
        list_aggregate(
            list_transform(map_entries(fields), lambda f: f.key || ': ' || f.value), 'string_agg', chr(10)
        )
    ) as text,
    author,
    title
from note
where retracted_at is null
order by episode_id, written_at, kind, text
