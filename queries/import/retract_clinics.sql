-- question  Retract the clinic settings that this import supersedes.
-- grain     clinic_id
-- param     now  timestamp  2026-03-01 09:00:00  the instant of the import, UTC
-- after     import/settle
update clinic
set retracted_at = $now
where retracted_at is null
    and clinic_id in (select stored_id from settled where is_written)
