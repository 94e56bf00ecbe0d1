-- question  A score that takes the place of another one and says the same value is made of the same items.
-- grain     score_item_id
-- param     fact_id      varchar    new                  the score's new row
-- param     previous_id  varchar    old                  the score's row before
-- param     recorded_at  timestamp  2026-11-23 09:00:00  the instant of the entry, UTC
-- param     recorded_by  varchar    demo specialist      who enters
insert into score_item by name
select
    i.* replace (
        cast(uuidv7() as varchar) as score_item_id,
        n.score_id as score_id,
        $recorded_at as recorded_at,
        $recorded_by as recorded_by,
        'entered' as source,
        null as retracted_at,
        i.score_item_id as supersedes
    )
from score_item i
join score o on o.score_id = i.score_id
join score n on n.score_id = $fact_id and n.instrument = o.instrument and n.value = o.value
where i.score_id = $previous_id
