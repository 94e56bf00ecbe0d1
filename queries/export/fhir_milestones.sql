-- question  What was recorded of milestones, as FHIR Observations?
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
with labelled as (
    select milestone, any_value(label order by timeline_version desc) as label
    from milestone
    group by milestone
)

select
    n.turn,
    'Observation/' || fhir_id(m.milestone_event_id, md5(m.milestone_event_id)) as url,
    cast(bare({
        'resourceType': 'Observation',
        'id': fhir_id(m.milestone_event_id, md5(m.milestone_event_id)),
        'meta': {'lastUpdated': instant(null, m.recorded_at)},
        'extension': [{
            'url': 'http://hl7.org/fhir/StructureDefinition/workflow-episodeOfCare',
            'valueReference': bare({'reference': c.care.reference, 'identifier': identifier('episode', m.episode_id)})
        }],
        'status': 'final',
        'code': concept('milestone', m.milestone, l.label),
        'subject': n.subject,
        'effectiveDateTime': instant(m.happened_on, m.happened_at),
        'performer': case when m.reported_by is not null then [{'display': m.reported_by}] end,
        'valueCodeableConcept': concept('milestone-status', m.status, s.label)
    }) as varchar) as body
from milestone_event m
join chosen n using (patient_id)
left join course_numbered c using (episode_id)
left join labelled l using (milestone)
left join milestone_status s using (status)
where m.retracted_at is null
order by n.turn, m.happened_on, m.happened_at, url
