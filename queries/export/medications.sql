-- question  Which medicines are there, as an import takes them?
-- grain     episode_id, drug, started_on
-- column    episode_id  varchar  the course
-- column    drug  varchar  the medicine
-- column    started_on  date  first day
-- column    stopped_on  date  last day
-- column    dose  double  how much
-- column    unit  varchar  of what
-- column    opioid  boolean  whether it is one
-- missing   no row: nothing is stored; null: an empty cell
select
    episode_id,
    drug,
    started_on,
    stopped_on,
    dose,
    unit,
    opioid
from medication
where retracted_at is null
order by episode_id, started_on, drug
