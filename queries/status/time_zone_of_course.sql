-- question  In which time zone is the clinic of this course?
-- grain     episode_id
-- param     course  varchar  demo-0001  an episode id, 'patient:' and a patient's id, or an opaque key
-- column    episode_id  varchar  the course
-- column    time_zone   varchar  an IANA name
-- missing   no row: no such course, or its clinic isn't known
with course as (
    select episode_id, clinic_id
    from episode_summary
    where episode_id = $course

    union

    select episode_id, clinic_id
    from episode_summary
    where key_number = md5_number_lower($course) and episode_key = $course
)

select
    s.episode_id,
    c.time_zone
from course s
join clinic c on c.clinic_id = s.clinic_id and c.retracted_at is null
order by s.episode_id
