-- question  Is this course of this patient?
-- grain     episode_id
-- param     patient_id  varchar  demo-0001  whose link is open
-- param     episode_id  varchar  demo-0001  the course that is asked about
-- column    episode_id  varchar  the course
-- missing   no row: it is of somebody else
select episode_id
from episode_summary
where patient_id = $patient_id and episode_id = $episode_id
order by episode_id
