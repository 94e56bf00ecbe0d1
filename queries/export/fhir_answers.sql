-- question  From which answers were scores made, as FHIR QuestionnaireResponses?
-- grain     url
-- after     export/choose_patients
-- after     export/define_ours
-- after     export/define_fhir_id
-- after     export/define_bare
-- after     export/define_instant
-- column    turn  bigint  the patient's
-- column    url  varchar  type and id
-- column    body  varchar  the resource
-- missing   no row: no score was made of answers
-- source    The wording of items is licensed and not kept: an item is its number, an answer its points
with answered as (
    select
        score_id,
        any_value(scoring_rule) as scoring_rule,
        list(
            bare({
                'linkId': cast(item as varchar),
                'answer': case when points is not null then [{'valueInteger': points}] end
            })
            order by item
        ) as items
    from score_item
    join chosen using (patient_id)
    where retracted_at is null
    group by score_id
)

select
    n.turn,
    'QuestionnaireResponse/' || fhir_id(s.score_id, md5(s.score_id)) as url,
    cast(bare({
        'resourceType': 'QuestionnaireResponse',
        'id': fhir_id(s.score_id, md5(s.score_id)),
        'meta': {'lastUpdated': instant(null, s.recorded_at)},
        'questionnaire': ours('questionnaire/' || a.scoring_rule),
        'status': 'completed',
        'subject': n.subject,
        'authored': instant(s.taken_on, s.taken_at),
        'item': a.items
    }) as varchar) as body
from score s
join answered a using (score_id)
join chosen n using (patient_id)
where s.retracted_at is null
order by n.turn, s.taken_on, s.taken_at, url
