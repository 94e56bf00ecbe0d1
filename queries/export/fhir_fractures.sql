-- question  Which fractures were treated, as FHIR Conditions?
-- grain     url
-- after     export/choose_patients
-- after     export/number_courses
-- after     export/define_concept
-- after     export/define_bare
-- after     export/define_instant
-- column    turn  bigint  the patient's
-- column    url  varchar  type and id
-- column    body  varchar  the resource
-- missing   no row: nothing is known of a fracture
-- source    No diagnosis code is claimed that nobody gave: the cause is a word of ours
with treated as (
    select t.episode_id, list(concept('level', t.level, null) order by v.position) as sites
    from treated_level t
    join chosen using (patient_id)
    join level v using (level)
    where t.retracted_at is null
    group by t.episode_id
)

select
    n.turn,
    'Condition/' || c.episode_key as url,
    cast(bare({
        'resourceType': 'Condition',
        'id': c.episode_key,
        'meta': {'lastUpdated': instant(null, e.recorded_at)},
        'category': [{
            'coding': [{
                'system': 'http://terminology.hl7.org/CodeSystem/condition-category',
                'code': 'encounter-diagnosis'
            }]
        }],
        'code': concept('cause', coalesce(e.cause, 'unknown'), 'Vertebral fracture, cause ' || coalesce(u.label, 'not known')),
        'bodySite': t.sites,
        'subject': n.subject,
        'onsetDateTime': cast(e.fracture_on as varchar)
    }) as varchar) as body
from episode e
join chosen n using (patient_id)
join course_numbered c using (episode_id)
left join cause u on u.cause = e.cause
left join treated t on t.episode_id = e.episode_id
where e.retracted_at is null
    and coalesce(cast(e.fracture_on as varchar), e.cause) is not null
order by n.turn, url
