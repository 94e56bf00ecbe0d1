-- question  Retract an attempt to reach a patient; the row stays.
-- grain     contact_attempt_id
-- param     fact_id       varchar    old                  the row
-- param     retracted_at  timestamp  2026-11-23 09:00:00  the instant of the change, UTC
update contact_attempt
set retracted_at = $retracted_at
where contact_attempt_id = $fact_id and retracted_at is null
