-- question  Retract what was done about a flag; the row stays.
-- grain     flag_action_id
-- param     fact_id       varchar    old                  the row
-- param     retracted_at  timestamp  2026-11-23 09:00:00  the instant of the change, UTC
update flag_action
set retracted_at = $retracted_at
where flag_action_id = $fact_id and retracted_at is null
