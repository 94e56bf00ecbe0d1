-- question  Store the items of the scores that were accepted, each beside its score.
-- grain     score_item_id
-- param     now          timestamp  2026-03-01 09:00:00     the instant of the import, UTC
-- param     recorded_by  varchar    import                  who imports
-- param     source       varchar    import                  where the rows come from
-- param     batch_id     varchar    20260301-090000-abcdef  the import
-- after     import/define_items_read
-- after     import/open_checks
-- after     import/settle
insert into score_item by name
with made as (
    select
        s.fields[1] as patient_id,
        s.fields[2] as instrument,
        cast(s.fields[3][1:10] as date) as taken_on,
        try_cast(s.fields[3][12:] as timestamp) as taken_at,
        coalesce(c.recorded_by, $recorded_by) as recorded_by,
        coalesce(c.origin, $source) as source,
        items_read(s.fields[6]) as told
    from settled s
    join checked c using (row_id)
    where s.is_written and s.fields[6] is not null
),

each_item as (
    select
        * exclude (told),
        told.rule as scoring_rule,
        told.coding,
        generate_subscripts(told.answers, 1) as item,
        unnest(told.answers) as answer,
        unnest(told.points) as points
    from made
)

select
    cast(uuidv7() as varchar) as score_item_id,
    s.score_id,
    s.patient_id,
    i.item::integer as item,
    i.answer,
    i.points,
    i.scoring_rule,
    i.coding,
    $now as recorded_at,
    i.recorded_by,
    i.source,
    $batch_id as batch_id
from each_item i
join score s
    on s.patient_id = i.patient_id
    and s.instrument = i.instrument
    and s.taken_on = i.taken_on
    and s.taken_at is not distinct from i.taken_at
    and s.batch_id = $batch_id
    and s.retracted_at is null
order by s.patient_id, s.score_id, i.item
