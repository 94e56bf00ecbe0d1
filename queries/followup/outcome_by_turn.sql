-- question  How can a call end, and what does that mean for the list?
-- grain     outcome
-- column    outcome    varchar  code
-- column    turn       integer  order of the buttons
-- column    label      varchar  in words
-- column    rest_days  integer  days for which the patient then stands after the others
-- column    asks_date  boolean  needs a day on which to call again
-- column    meaning    varchar  what it means for the list
-- source    data/reference/contact_outcome.csv
select
    outcome,
    turn,
    label,
    rest_days,
    asks_date,
    meaning
from contact_outcome
order by turn
