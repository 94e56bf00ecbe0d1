-- question  Which FHIR reason has a score without a value, by its status?
-- grain     status
-- after     export/define_ours
-- column    status  varchar  unable, not tried, refused
-- column    reason  json     our word, then the nearest of FHIR's own
select
    s.status,
    to_json({
        'coding': [
            {'system': ours('score-status'), 'code': s.status},
            {
                'system': 'http://terminology.hl7.org/CodeSystem/data-absent-reason',
                'code': coalesce(min(a.code) filter (a.confidence = 'verified'), 'not-performed')
            }
        ],
        'text': s.label
    }) as reason
from score_status s
left join absent_reason a using (status)
where not s.has_value
group by s.status, s.label
order by s.status
