-- question  Have the whole summary in sight again.
-- grain     one row
drop table if exists temp.episode_summary
