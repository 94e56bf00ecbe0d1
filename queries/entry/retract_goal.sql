-- question  Retract a goal; the row stays.
-- grain     goal_id
-- param     fact_id       varchar    old                  the row
-- param     retracted_at  timestamp  2026-11-23 09:00:00  the instant of the change, UTC
update goal
set retracted_at = $retracted_at
where goal_id = $fact_id and retracted_at is null
