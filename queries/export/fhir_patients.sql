-- question  Which patients are there, as FHIR Patients?
-- grain     url
-- after     export/choose_patients
-- after     export/define_identifier
-- after     export/define_fhir_id
-- after     export/define_bare
-- after     export/define_present
-- after     export/define_instant
-- column    turn  bigint  the patient's
-- column    url  varchar  type and id
-- column    body  varchar  the resource
-- missing   no row: nothing is stored
select
    n.turn,
    'Patient/' || n.id as url,
    cast(bare({
        'resourceType': 'Patient',
        'id': n.id,
        'meta': {'lastUpdated': instant(null, p.recorded_at)},
        'identifier': [identifier('patient', p.patient_id)],
        'name': present([
            case when coalesce(p.given_name, p.family_name) is not null
                then bare({
                    'family': p.family_name,
                    'given': case when p.given_name is not null then [p.given_name] end
                })
            end
        ]),
        'telecom': present([case when p.phone is not null then {'system': 'phone', 'value': p.phone} end]),
        'gender': p.sex,
        'birthDate': p.birth_date,
        'deceasedDateTime': cast(p.died_on as varchar),
        'managingOrganization': {
            'reference': 'Organization/' || fhir_id(p.clinic_id, md5(p.clinic_id)),
            'identifier': identifier('clinic', p.clinic_id),
            'display': c.name
        }
    }) as varchar) as body
from patient p
join chosen n using (patient_id)
left join clinic c on c.clinic_id = p.clinic_id and c.retracted_at is null
where p.retracted_at is null
order by n.turn
