-- question  Which flagged courses are urgent and which wait may have changed: note it on their lines, which have no turn any more.
-- grain     as_of, episode_id
-- param     as_of  date  2026-11-23  the day
-- uses      worklist/place_by_course as placed
update worklist_line
set place = placed.place, turn = 0
from placed
where worklist_line.as_of = $as_of
    and worklist_line.episode_id = placed.episode_id
    and worklist_line.place <> placed.place
