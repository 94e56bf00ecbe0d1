-- question  Store the items of scores that are stored already, each beside its score.
-- grain     score_item_id
-- param     now          timestamp  2026-03-01 09:00:00     the instant, UTC
-- param     recorded_by  varchar    import                  who records
-- param     source       varchar    import                  where the items come from
-- param     batch_id     varchar    20260301-090000-abcdef  the import
-- frame     incoming_item  patient_id varchar, instrument varchar, taken_on timestamp, taken_at timestamp, item bigint, answer varchar, points bigint, scoring_rule varchar, coding varchar
insert into score_item by name
select
    cast(uuidv7() as varchar) as score_item_id,
    s.score_id,
    s.patient_id,
    i.item::integer as item,
    i.answer,
    i.points::integer as points,
    i.scoring_rule,
    i.coding,
    $now as recorded_at,
    $recorded_by as recorded_by,
    $source as source,
    $batch_id as batch_id,
    old.score_item_id as supersedes
from incoming_item i
join score s
    on s.patient_id = i.patient_id
    and s.instrument = i.instrument
    and s.taken_on = i.taken_on::date
    and s.taken_at is not distinct from i.taken_at
    and s.retracted_at is null
left join score_item old
    on old.score_id = s.score_id and old.item = i.item and old.retracted_at = $now
where not exists (
    from score_item k where k.score_id = s.score_id and k.item = i.item and k.retracted_at is null
)
order by s.patient_id, s.score_id, i.item
