-- question  Retract the scores that this import supersedes.
-- grain     score_id
-- param     now  timestamp  2026-03-01 09:00:00  the instant of the import, UTC
-- after     import/settle
update score
set retracted_at = $now
where score_id in (select stored_id from settled where is_written)
