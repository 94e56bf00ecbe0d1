-- question  Which scores are there, as an import takes them?
-- grain     patient_id, instrument, taken_at
-- after     export/define_instant
-- after     import/define_items_told
-- column    patient_id  varchar  the patient
-- column    taken_at  varchar  day or instant
-- column    instrument  varchar  the instrument
-- column    value  double  in the instrument's unit
-- column    status  varchar  done, or why there is no value
-- column    context  varchar  as recorded
-- column    recorded_by  varchar  who
-- column    items  varchar  the answers that it was made of, with rule and coding, as JSON; null: of none
-- missing   no row: nothing is stored; null: an empty cell
with made_of as (
    select
        score_id,
        items_told(
            any_value(scoring_rule), any_value(coding), list(answer order by item), list(points order by item)
        ) as items
    from score_item
    where retracted_at is null
    group by score_id
)

select
    patient_id,
    instant(taken_on, taken_at) as taken_at,
    instrument,
    value,
    status,
    context,
    recorded_by,
    items
from score
left join made_of using (score_id)
where retracted_at is null
order by patient_id, taken_at, instrument
