-- question  Retract the milestones that this import supersedes.
-- grain     milestone_event_id
-- param     now  timestamp  2026-03-01 09:00:00  the instant of the import, UTC
-- after     import/settle
update milestone_event
set retracted_at = $now
where milestone_event_id in (select stored_id from settled where is_written)
