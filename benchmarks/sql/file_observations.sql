select
    'Observation' as "resourceType", 'o' || row_number() over () as id, {'lastUpdated': '2026-03-01T10:00:00Z'} as meta, 'final' as status,
    [{'coding': [{'system': 'http://terminology.hl7.org/CodeSystem/observation-category', 'code': 'survey'}]}] as category,
    {'coding': [{'system': 'http://loinc.org', 'code': '72514-3', 'display': 'Pain severity'}], 'text': 'Pain'} as code,
    {'reference': 'Patient/' || patient_id} as subject,
    strftime(coalesce(taken_at, taken_on + interval 9 hour), '%Y-%m-%dT%H:%M:%SZ') as "effectiveDateTime",
    {'value': cast(value as integer), 'unit': 'points', 'system': 'http://unitsofmeasure.org', 'code': '{score}'} as "valueQuantity"
from score
where instrument = 'nrs_back' and status = 'done'
order by patient_id
limit $most
