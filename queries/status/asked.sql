-- question  Which courses are asked about, and as of which date? The rules are asked for each such pair.
-- grain     episode_id, as_of
-- param     as_of       date     2026-11-23  which day is today, for the clinic
-- param     episode_id  varchar  null        one course, or null for all
-- column    episode_id  varchar  the course
-- column    as_of       date     which day is today
-- missing   no row: no such course
-- source    A query that asks for other pairs puts its own file in this one's place: instead … as asked
select episode_id, $as_of::date as as_of
from episode_summary
where $episode_id is null or episode_id = $episode_id
order by episode_id
