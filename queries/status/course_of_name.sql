-- question  Which course is meant by an episode id, 'patient:' and a patient's id, or an opaque key?
-- grain     episode_id
-- param     course  varchar  demo-0001  what was typed or stands in an address
-- column    episode_id  varchar  the course
-- missing   no row: none
select episode_id
from episode_summary
where episode_id = $course

union

select episode_id
from episode_summary
where key_number = md5_number_lower($course) and episode_key = $course
order by episode_id
