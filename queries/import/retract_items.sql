-- question  Items go with their score: those of scores that this import retracts are no longer current.
-- grain     score_item_id
-- param     now  timestamp  2026-03-01 09:00:00  the instant of the import, UTC
update score_item
set retracted_at = $now
where retracted_at is null and score_id in (select score_id from score where retracted_at = $now)
