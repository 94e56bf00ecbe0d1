-- question  Which courses have a summary that the facts don't give?
-- grain     episode_id
-- after     verify/keep_summary
-- column    episode_id  varchar  the course
-- missing   no row: kept and made anew are the same
select distinct episode_id
from (
    (from summary_kept except all from episode_summary)
    union all
    (from episode_summary except all from summary_kept)
)
order by episode_id
