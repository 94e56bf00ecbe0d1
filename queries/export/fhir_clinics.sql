-- question  Which clinics are there, as FHIR Organizations?
-- grain     url
-- after     export/define_extension
-- after     export/define_concept
-- after     export/define_identifier
-- after     export/define_fhir_id
-- after     export/define_bare
-- after     export/define_present
-- after     export/define_figure
-- after     export/define_instant
-- column    turn  bigint  none: of no patient
-- column    url  varchar  type and id
-- column    body  varchar  the resource
-- missing   no row: nothing is stored
with called as (
    select
        *,
        fhir_id(clinic_id, md5(clinic_id)) as id,
        [
            {'word': 'in-hours', 'label': 'By day', 'phone': phone_in_hours},
            {'word': 'out-of-hours', 'label': 'At night', 'phone': phone_out_of_hours},
            {'word': 'emergency', 'label': 'Emergency', 'phone': emergency_number}
        ] as phones
    from clinic
    where retracted_at is null
)

select
    cast(null as bigint) as turn,
    'Organization/' || id as url,
    cast(bare({
        'resourceType': 'Organization',
        'id': id,
        'meta': {'lastUpdated': instant(null, recorded_at)},
        'extension': present([
            json_object('url', 'http://hl7.org/fhir/StructureDefinition/timezone', 'valueCode', time_zone),
            extension('amber-budget', 'Decimal', figure(amber_budget)),
            extension('pain-is-back-pain', 'Boolean', pain_is_back_pain)
        ]),
        'identifier': [identifier('clinic', clinic_id)],
        'name': name,
        'contact': present([
            case when p.phone is not null then {
                'purpose': concept('phone', p.word, p.label),
                'telecom': [{'system': 'phone', 'value': p.phone}]
            } end
            for p in phones
        ])
    }) as varchar) as body
from called
order by url
