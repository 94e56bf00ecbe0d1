-- question  The items of a score that is retracted go with it; the rows stay.
-- grain     score_item_id
-- param     fact_id       varchar    old                  the score's row
-- param     retracted_at  timestamp  2026-11-23 09:00:00  the instant of the change, UTC
update score_item
set retracted_at = $retracted_at
where score_id = $fact_id and retracted_at is null
