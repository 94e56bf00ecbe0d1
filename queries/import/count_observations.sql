-- question  How many lines were read at once, and how many of them are told?
-- grain     one row
-- after     import/read_observations
-- column    lines  bigint  in all
-- column    told   bigint  of the usual shape
-- missing   0: none
select count(*) as lines, count(*) filter (where is_told) as told
from observation_line
