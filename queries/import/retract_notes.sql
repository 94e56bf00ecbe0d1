-- question  Retract the notes that this import supersedes.
-- grain     note_id
-- param     now  timestamp  2026-03-01 09:00:00  the instant of the import, UTC
-- after     import/settle
update note
set retracted_at = $now
where note_id in (select stored_id from settled where is_written)
