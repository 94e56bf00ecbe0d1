-- question  Which sentences say each situation to a patient?
-- grain     situation, turn
-- column    situation  varchar  one of data/reference/situation.csv
-- column    turn       integer  where it stands
-- column    part       varchar  headline or line
-- column    compared   varchar  with: only where the expected range is shown; alone: only where it isn't; both
-- column    title      varchar  may hold {now}, {before} and the like
-- source    data/reference/situation_line.csv
select situation, turn, part, compared, title
from situation_line
order by situation, turn
