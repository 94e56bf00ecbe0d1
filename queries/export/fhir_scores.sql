-- question  Which scores are there, as FHIR Observations?
-- grain     url
-- uses      export/code_by_instrument as coded
-- uses      export/reason_by_status as absent
-- after     export/choose_patients
-- after     export/define_fhir_id
-- after     export/define_extension
-- after     export/define_bare
-- after     export/define_present
-- after     export/define_figure
-- after     export/define_instant
-- after     import/define_items_told
-- column    turn  bigint  the patient's
-- column    url  varchar  type and id
-- column    body  varchar  the resource
-- missing   no row: nothing is stored
with made_of as (
    select
        score_id,
        items_told(
            any_value(scoring_rule), any_value(coding), list(answer order by item), list(points order by item)
        ) as items
    from score_item
    join chosen using (patient_id)
    where retracted_at is null
    group by score_id
)

select
    n.turn,
    'Observation/' || fhir_id(s.score_id, md5(s.score_id)) as url,
    cast(bare({
        'resourceType': 'Observation',
        'id': fhir_id(s.score_id, md5(s.score_id)),
        'meta': {'lastUpdated': instant(null, s.recorded_at)},
        'extension': present([
            extension('context', 'String', s.context),
            extension('recorded-by', 'String', s.recorded_by),
            extension('items', 'String', m.items)
        ]),
        'status': 'final',
        'code': c.code,
        'subject': n.subject,
        'effectiveDateTime': instant(s.taken_on, s.taken_at),
        'valueQuantity': case when s.value is not null
            then {
                'value': figure(s.value), 'unit': c.unit, 'system': 'http://unitsofmeasure.org', 'code': c.ucum
            }
        end,
        'dataAbsentReason': case when s.value is null then a.reason end,
        'derivedFrom': case when m.items is not null
            then [{'reference': 'QuestionnaireResponse/' || fhir_id(s.score_id, md5(s.score_id))}]
        end
    }) as varchar) as body
from score s
join chosen n using (patient_id)
left join coded c using (instrument)
left join absent a using (status)
left join made_of m using (score_id)
where s.retracted_at is null
order by n.turn, s.taken_on, s.taken_at, url
