select episode_id, drug, started_on, stopped_on, dose, unit, opioid
from medication
order by started_on
