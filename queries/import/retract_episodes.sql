-- question  Retract the episode rows that this import supersedes.
-- grain     episode_row_id
-- param     now  timestamp  2026-03-01 09:00:00  the instant of the import, UTC
-- after     import/settle
update episode
set retracted_at = $now
where episode_row_id in (select stored_id from settled where is_written)
