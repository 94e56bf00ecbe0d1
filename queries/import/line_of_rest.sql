-- question  Which lines aren't told, and are to be read one by one?
-- grain     line
-- after     import/read_observations
-- column    line  bigint  counted from 1
-- missing   no row: all are told
select line
from observation_line
where not is_told
order by line
