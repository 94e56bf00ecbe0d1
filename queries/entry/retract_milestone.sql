-- question  Retract a milestone record; the row stays.
-- grain     milestone_event_id
-- param     fact_id       varchar    old                  the row
-- param     retracted_at  timestamp  2026-11-23 09:00:00  the instant of the change, UTC
update milestone_event
set retracted_at = $retracted_at
where milestone_event_id = $fact_id and retracted_at is null
