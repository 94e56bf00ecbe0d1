-- question  What is stored about the scores of this import, now and before staff corrected it or took it back?
-- grain     stored_id
-- after     import/define_plain
-- after     import/open_checks
-- after     import/define_items_told
-- source    The items of a row that was taken back went with it
create or replace temp table stored as
with told as (
    select
        score_id,
        items_told(
            any_value(scoring_rule), any_value(coding), list(answer order by item), list(points order by item)
        ) as items
    from score_item
    where patient_id in (select patient_id from checked)
    group by score_id
)

select
    score_id as stored_id,
    concat_ws(chr(31), patient_id, instrument, taken_on || coalesce(' ' || taken_at, '')) as key,
    case when source like 'fhir:%' then source end as origin,
    patient_id,
    retracted_at,
    [
        patient_id, instrument, taken_on || coalesce(' ' || taken_at, ''), coalesce(plain(value), status),
        context, t.items
    ] as fields
from score
left join told t using (score_id)
where (retracted_at is null or batch_id is not null and score_id in (select previous_id from change))
    and patient_id in (select patient_id from checked)
