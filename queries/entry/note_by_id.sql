-- question  What does this note say, as its form has it?
-- grain     fact_id
-- param     fact_id  varchar  old  the row
-- column    fact_id     varchar                the row
-- column    patient_id  varchar                the patient
-- column    episode_id  varchar                the episode
-- column    kind        varchar                one of data/reference/note_kind.csv
-- column    moment_on   date                   the clinic's date
-- column    moment_at   timestamp              UTC, where a time was given
-- column    title       varchar                words
-- column    text        varchar                the words of the note
-- column    author      varchar                who wrote it
-- column    fields      map(varchar, varchar)  the fields of a structured note
-- column    is_current  boolean                not corrected or retracted since
-- missing   no row: no such note
select
    note_id as fact_id,
    patient_id,
    episode_id,
    kind,
    written_on as moment_on,
    written_at as moment_at,
    title,
    text,
    author,
    fields,
    retracted_at is null as is_current
from note
where note_id = $fact_id
