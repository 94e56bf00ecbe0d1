-- question  Which episodes are in each of several cohorts?
-- grain     place, episode_id
-- param     definitions  varchar    [{"filters":{"sex":["female"]}}]  a JSON list of definitions, each in canonical JSON
-- param     as_of        date       2026-11-23  procedures up to this day
-- param     clinics      varchar[]  null        the clinics that may be seen, or null for all
-- uses      cohort/verdict_by_episode as judged
-- column    place       bigint   which definition, from 1
-- column    episode_id  varchar  the episode
-- missing   no row: nobody is in it
select place, episode_id
from judged
where is_member
order by place, episode_id
