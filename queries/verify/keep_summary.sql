-- question  Keep the summary as it is, to compare it with the one made anew.
-- grain     episode_id
create or replace temp table summary_kept as
from episode_summary
