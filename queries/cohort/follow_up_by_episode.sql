-- question  Has every visit of each procedure that was due as of a date its answer?
-- grain     episode_id
-- param     as_of       date       2026-11-23  which day is today, for the clinic
-- param     clinics     varchar[]  null        the clinics that may be seen, or null for all
-- param     episode_id  varchar    null        one episode, or null for all
-- uses      followup/state_by_visit as stated
-- column    episode_id   varchar  the episode
-- column    is_complete  boolean  received, all that were due
-- missing   no row where no visit has been due
-- source    Due is received, late and missed: visit_state.csv
select s.episode_id, bool_and(s.state = 'received') as is_complete
from stated s
join visit_state v on v.state = s.state and v.is_due
group by s.episode_id
order by s.episode_id
