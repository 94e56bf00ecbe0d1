-- question  Which medicines are there, as FHIR MedicationStatements?
-- grain     url
-- after     export/choose_patients
-- after     export/number_courses
-- after     export/define_fhir_id
-- after     export/define_extension
-- after     export/define_identifier
-- after     export/define_bare
-- after     export/define_present
-- after     export/define_figure
-- after     export/define_instant
-- column    turn  bigint  the patient's
-- column    url  varchar  type and id
-- column    body  varchar  the resource
-- missing   no row: nothing is stored
select
    n.turn,
    'MedicationStatement/' || fhir_id(m.medication_id, md5(m.medication_id)) as url,
    cast(bare({
        'resourceType': 'MedicationStatement',
        'id': fhir_id(m.medication_id, md5(m.medication_id)),
        'meta': {'lastUpdated': instant(null, m.recorded_at)},
        'extension': present([extension('opioid', 'Boolean', m.opioid)]),
        'status': case when m.stopped_on is null then 'active' else 'completed' end,
        'medicationCodeableConcept': {'text': m.drug},
        'subject': n.subject,
        'context': {'reference': c.care.reference, 'identifier': identifier('episode', m.episode_id)},
        'effectivePeriod': {'start': cast(m.started_on as varchar), 'end': cast(m.stopped_on as varchar)},
        'dosage': case
            when m.dose is not null or m.unit is not null
                then [{'doseAndRate': [{'doseQuantity': bare({'value': figure(m.dose), 'unit': m.unit})}]}]
        end
    }) as varchar) as body
from medication m
join chosen n using (patient_id)
left join course_numbered c using (episode_id)
where m.retracted_at is null
order by n.turn, m.started_on, url
