-- question  Which clinic is a course followed at, and by which timeline is it judged?
-- grain     one row
-- param     episode_id  varchar  demo-0001  the course
-- column    clinic_id         varchar  the clinic
-- column    timeline_version  varchar  the version that it was treated under
-- missing   no row: no such course; timeline_version is null before any procedure
select
    clinic_id,
    timeline_version
from episode_summary
where episode_id = $episode_id
