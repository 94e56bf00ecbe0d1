-- question  Which courses are there, as FHIR EpisodesOfCare?
-- grain     url
-- param     as_of  date  2026-11-23  the day that counts as today
-- after     export/choose_patients
-- after     export/number_courses
-- after     export/define_concept
-- after     export/define_identifier
-- after     export/define_fhir_id
-- after     export/define_bare
-- after     export/define_instant
-- column    turn  bigint  the patient's
-- column    url  varchar  type and id
-- column    body  varchar  the resource
-- missing   no row: nothing is stored
with left_on as (
    select episode_id, min(happened_on) as left_on
    from event
    where retracted_at is null
        and kind in ('withdrew', 'died')
    group by episode_id
),

lasting as (
    select
        e.*,
        p.clinic_id,
        w.label,
        least(p.died_on, l.left_on, e.performed_on + w.follow_up_days) as ends_on
    from episode e
    join patient p on p.patient_id = e.patient_id and p.retracted_at is null
    left join pathway w using (pathway)
    left join left_on l using (episode_id)
    where e.retracted_at is null
)

select
    n.turn,
    'EpisodeOfCare/' || c.id as url,
    cast(bare({
        'resourceType': 'EpisodeOfCare',
        'id': c.id,
        'meta': {'lastUpdated': instant(null, e.recorded_at)},
        'identifier': [identifier('episode', e.episode_id)],
        'status': case when e.ends_on <= $as_of then 'finished' else 'active' end,
        'type': [concept('pathway', e.pathway, e.label)],
        'patient': n.subject,
        'managingOrganization': {
            'reference': 'Organization/' || fhir_id(e.clinic_id, md5(e.clinic_id)),
            'identifier': identifier('clinic', e.clinic_id)
        },
        'period': {
            'start': cast(e.performed_on as varchar),
            'end': case when e.ends_on <= $as_of then cast(greatest(e.ends_on, e.performed_on) as varchar) end
        }
    }) as varchar) as body
from lasting e
join chosen n using (patient_id)
join course_numbered c using (episode_id)
order by n.turn, url
