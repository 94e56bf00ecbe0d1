-- question  Store a note again as it was before, for an undo.
-- grain     note_id
-- param     fact_id      varchar    new                  the id of the new row
-- param     previous_id  varchar    old                  the row that held it before
-- param     recorded_at  timestamp  2026-11-23 09:00:00  the instant of the entry, UTC
-- param     recorded_by  varchar    demo specialist      who enters
-- param     supersedes   varchar    null                 the row that this one takes the place of
insert into note by name
select
    * replace (
        $fact_id as note_id,
        $recorded_at as recorded_at,
        $recorded_by as recorded_by,
        'entered' as source,
        null as retracted_at,
        $supersedes as supersedes
    )
from note
where note_id = $previous_id
