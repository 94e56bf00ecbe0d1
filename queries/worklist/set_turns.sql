-- question  A whole day was worked out and each flag has its place: give the flags their turns, too.
-- grain     as_of, episode_id
-- param     as_of  date  2026-11-23  the day
with placed as (
    select
        episode_id,
        row_number() over (
            partition by clinic_id, place, verdict_rank order by raised_on desc nulls last, episode_id
        ) as turn
    from worklist_line
    where as_of = $as_of and turn = 0
)

update worklist_line
set turn = placed.turn
from placed
where worklist_line.as_of = $as_of and worklist_line.episode_id = placed.episode_id
