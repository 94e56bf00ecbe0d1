-- question  In which time zone is the clinic of this course?
-- grain     episode_id
-- param     course  varchar  demo-0001  an episode id, 'patient:' and a patient's id, or an opaque key
-- column    episode_id  varchar  the course
-- column    time_zone   varchar  an IANA name
-- missing   no row: no such course, or its clinic isn't known
select
    s.episode_id,
    c.time_zone
from episode_summary s
join clinic c on c.clinic_id = s.clinic_id and c.retracted_at is null
where s.episode_id = $course or s.episode_key = $course
order by s.episode_id
