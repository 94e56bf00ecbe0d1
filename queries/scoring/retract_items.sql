-- question  Items of scores that now have another answer, or another rule, are no longer current.
-- grain     score_item_id
-- param     now  timestamp  2026-03-01 09:00:00  the instant, UTC
-- frame     incoming_item  patient_id varchar, instrument varchar, taken_on timestamp, taken_at timestamp, item bigint, answer varchar, points bigint, scoring_rule varchar, coding varchar
update score_item
set retracted_at = $now
from score s, incoming_item i
where s.score_id = score_item.score_id
    and s.retracted_at is null
    and i.patient_id = s.patient_id
    and i.instrument = s.instrument
    and i.taken_on::date = s.taken_on
    and i.taken_at is not distinct from s.taken_at
    and i.item = score_item.item
    and score_item.retracted_at is null
    and (i.answer, i.points, i.scoring_rule, i.coding)
        is distinct from (score_item.answer, score_item.points, score_item.scoring_rule, score_item.coding)
