-- question  Which procedures are there, with all that is known of their course, as FHIR Procedures?
-- grain     url
-- after     export/choose_patients
-- after     export/number_courses
-- after     export/define_concept
-- after     export/define_identifier
-- after     export/define_extension
-- after     export/define_bare
-- after     export/define_present
-- after     export/define_figure
-- after     export/define_instant
-- column    turn  bigint  the patient's
-- column    url  varchar  type and id
-- column    body  varchar  the resource
-- missing   no row: nothing is stored
-- source    Fracture and discharge stand here, too: a reader of single lines can't look them up elsewhere
with treated as (
    select
        t.episode_id,
        list(
            bare({
                'extension': present([extension('cement-ml', 'Decimal', figure(t.cement_ml))]),
                'coding': [{'system': ours('level'), 'code': t.level}],
                'text': t.level
            })
            order by v.position
        ) as sites
    from treated_level t
    join chosen using (patient_id)
    join level v using (level)
    where t.retracted_at is null
    group by t.episode_id
)

select
    n.turn,
    'Procedure/' || c.id as url,
    cast(bare({
        'resourceType': 'Procedure',
        'id': c.id,
        'meta': {
            'lastUpdated': instant(null, e.recorded_at),
            'tag': case when e.tags is not null then [{'system': ours('tags'), 'display': e.tags}] end
        },
        'extension': present([
            json_object('url', 'http://hl7.org/fhir/StructureDefinition/workflow-episodeOfCare', 'valueReference', c.care),
            extension('approach', 'String', e.approach),
            extension('of-grade', 'String', e.of_grade),
            extension('genant', 'String', e.genant),
            extension('fracture-on', 'Date', e.fracture_on),
            extension('cause', 'Code', e.cause),
            extension('discharged', 'DateTime', instant(e.discharged_on, e.discharged_at)),
            extension('timeline-version', 'String', e.timeline_version)
        ]),
        'identifier': [identifier('episode', e.episode_id)],
        'status': 'completed',
        'code': concept('pathway', e.pathway, w.label),
        'subject': n.subject,
        'performedDateTime': instant(e.performed_on, e.performed_at),
        'performer': case when e.surgeon is not null then [{'actor': {'display': e.surgeon}}] end,
        'reasonReference': case
            when coalesce(cast(e.fracture_on as varchar), e.cause) is not null
                then [{'reference': 'Condition/' || c.episode_key}]
        end,
        'bodySite': t.sites
    }) as varchar) as body
from episode e
join chosen n using (patient_id)
join course_numbered c using (episode_id)
left join pathway w using (pathway)
left join treated t on t.episode_id = e.episode_id
where e.retracted_at is null
order by n.turn, url
