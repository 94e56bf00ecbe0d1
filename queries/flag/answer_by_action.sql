-- question  Which answers can be given to a flag, by what is done about it?
-- grain     answer
-- column    answer  varchar  the answer
-- column    action  varchar  act or dismiss
-- column    label   varchar  in words
-- source    data/reference/flag_answer.csv
select answer, action, label
from flag_answer
order by action, turn
