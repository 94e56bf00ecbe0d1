-- question  Retract the treated levels of the episodes that this import supersedes.
-- grain     treated_level_id
-- param     now  timestamp  2026-03-01 09:00:00  the instant of the import, UTC
-- after     import/settle
update treated_level
set retracted_at = $now
where retracted_at is null
    and episode_id in (select key from settled where is_written)
