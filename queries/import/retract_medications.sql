-- question  Retract the medications that this import supersedes.
-- grain     medication_id
-- param     now  timestamp  2026-03-01 09:00:00  the instant of the import, UTC
-- after     import/settle
update medication
set retracted_at = $now
where medication_id in (select stored_id from settled where is_written)
