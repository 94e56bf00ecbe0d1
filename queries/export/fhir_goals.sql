-- question  Which goals did patients set, and how far were they reached, as FHIR Goals?
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
with reviewed as (
    select
        r.goal_key,
        max_by(
            {'status': r.status, 'on': r.reviewed_on, 'words': r.words},
            {'on': r.reviewed_on, 'at': r.recorded_at}
        ) as last
    from goal_review r
    join chosen using (patient_id)
    where r.retracted_at is null
    group by r.goal_key
)

select
    n.turn,
    'Goal/' || fhir_id(g.goal_key, md5(g.goal_key)) as url,
    cast(bare({
        'resourceType': 'Goal',
        'id': fhir_id(g.goal_key, md5(g.goal_key)),
        'meta': {'lastUpdated': instant(null, g.recorded_at)},
        'extension': [{
            'url': 'http://hl7.org/fhir/StructureDefinition/workflow-episodeOfCare',
            'valueReference': bare({'reference': c.care.reference, 'identifier': identifier('episode', g.episode_id)})
        }],
        'lifecycleStatus': case
            when not coalesce(s.is_settled, false) then 'active'
            when s.status = 'reached' then 'completed'
            else 'cancelled'
        end,
        'achievementStatus': case when s.status is not null then concept('goal-status', s.status, s.label) end,
        'description': {'text': g.words},
        'subject': n.subject,
        'startDate': cast(g.set_on as varchar),
        'target': [{'dueDate': cast(g.due_on as varchar)}],
        'statusDate': cast(r.last.on as varchar),
        'statusReason': r.last.words
    }) as varchar) as body
from goal g
join chosen n using (patient_id)
left join reviewed r using (goal_key)
left join goal_status s on s.status = r.last.status
left join course_numbered c using (episode_id)
where g.retracted_at is null
order by n.turn, g.set_on, url
