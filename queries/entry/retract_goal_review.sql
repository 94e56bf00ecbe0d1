-- question  Retract the score of a goal; the row stays.
-- grain     goal_review_id
-- param     fact_id       varchar    old                  the row
-- param     retracted_at  timestamp  2026-11-23 09:00:00  the instant of the change, UTC
update goal_review
set retracted_at = $retracted_at
where goal_review_id = $fact_id and retracted_at is null
