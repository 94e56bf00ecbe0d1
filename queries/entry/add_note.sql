-- question  Store a note that was entered.
-- grain     note_id
-- param     fact_id      varchar    new                     the id of the new row
-- param     patient_id   varchar    demo-p0001              the patient
-- param     episode_id   varchar    demo-0001               the episode
-- param     kind         varchar    visit                   one of data/reference/note_kind.csv
-- param     moment_on    date       2026-11-20              the clinic's date
-- param     moment_at    timestamp  null                    UTC, where a time was given
-- param     title        varchar    null                    words
-- param     text         varchar    Walks without a stick.  the words of the note
-- param     author       varchar    Surgeon 03              who wrote it
-- param     fields       varchar    null                    the fields of a structured note, as JSON
-- param     recorded_at  timestamp  2026-11-23 09:00:00     the instant of the entry, UTC
-- param     recorded_by  varchar    demo specialist         who enters
-- param     supersedes   varchar    null                    the fact that this one corrects
insert into note by name
select
    $fact_id as note_id,
    $patient_id as patient_id,
    $episode_id as episode_id,
    $kind as kind,
    $moment_on as written_on,
    $moment_at as written_at,
    $title as title,
    coalesce($text, '') as text,
    $author as author,
    cast($fields::json as map(varchar, varchar)) as fields,
    $recorded_at as recorded_at,
    $recorded_by as recorded_by,
    'entered' as source,
    $supersedes as supersedes
