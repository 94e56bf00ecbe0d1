-- question  Who comes before and after a course on the worklist?
-- grain     episode_id
-- param     as_of       date     2026-11-23  which day is today, for the clinic
-- param     episode_id  varchar  null        all courses: the worklist is ordered as a whole
-- param     current     varchar  demo-0001   the course looked at
-- uses      status/verdict_by_course as verdict_row
-- column    episode_id    varchar  the course looked at
-- column    previous_key  varchar  the one before it; null at the top
-- column    next_key      varchar  the one after it; null at the end
-- missing   no row: no such course
-- source    Worst first, the newest first within a verdict; closed courses come last
with ordered as (
    select
        v.episode_id,
        lag(v.episode_key) over worst_first as previous_key,
        lead(v.episode_key) over worst_first as next_key
    from verdict_row v
    window worst_first as (order by v.verdict = 'closed', v.verdict_rank, v.raised_on desc nulls last, v.episode_id)
)

select episode_id, previous_key, next_key
from ordered
where episode_id = $current
