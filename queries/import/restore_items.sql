-- question  Bring back, for an undo of an import, the items of the scores that it brings back.
-- grain     score_item_id
-- param     now  timestamp  2026-03-01 09:00:00  the instant of the undo, UTC
-- param     by   varchar    data manager         who undoes
-- after     import/settle_undo
insert into score_item by name
select
    i.* replace (
        cast(uuidv7() as varchar) as score_item_id,
        u.new_id as score_id,
        $now as recorded_at,
        $by as recorded_by,
        null as retracted_at,
        i.score_item_id as supersedes
    )
from score_item i
join undo_fate u on u.kind = 'score' and u.fact_id = i.score_id and u.fate = 'restored'
