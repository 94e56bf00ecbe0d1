select patient_id, coalesce(strftime(taken_at, '%Y-%m-%dT%H:%M:%SZ'), cast(taken_on as varchar)) as taken_at, instrument, value, status, context, recorded_by
from score
order by taken_on, hash(score_id)
