select e.episode_id, s.taken_on
from score as s
join episode_summary as e on e.patient_id = s.patient_id
where s.retracted_at is null and s.status = 'done' and s.instrument = e.primary_instrument and e.performed_on is not null
order by e.episode_id, s.taken_on
