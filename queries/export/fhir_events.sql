-- question  Which events are there, as FHIR Observations?
-- grain     url
-- after     export/choose_patients
-- after     export/number_courses
-- after     export/define_fhir_id
-- after     export/define_concept
-- after     export/define_identifier
-- after     export/define_bare
-- after     export/define_instant
-- column    turn  bigint  the patient's
-- column    url  varchar  type and id
-- column    body  varchar  the resource
-- missing   no row: nothing is stored
-- source    Not AdverseEvents: a bone scan is none, and that resource has no place for a vertebra
select
    n.turn,
    'Observation/' || fhir_id(v.event_id, md5(v.event_id)) as url,
    cast(bare({
        'resourceType': 'Observation',
        'id': fhir_id(v.event_id, md5(v.event_id)),
        'meta': {'lastUpdated': instant(null, v.recorded_at)},
        'extension': [{
            'url': 'http://hl7.org/fhir/StructureDefinition/workflow-episodeOfCare',
            'valueReference': bare({'reference': c.care.reference, 'identifier': identifier('episode', v.episode_id)})
        }],
        'status': 'final',
        'code': concept('event-kind', v.kind, k.label),
        'subject': n.subject,
        'effectiveDateTime': instant(v.happened_on, v.happened_at),
        'valueString': v.detail,
        'bodySite': case when v.level is not null then concept('level', v.level, null) end
    }) as varchar) as body
from event v
join chosen n using (patient_id)
left join course_numbered c using (episode_id)
left join event_kind k using (kind)
where v.retracted_at is null
order by n.turn, v.happened_on, v.happened_at, url
