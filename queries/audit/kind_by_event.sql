-- question  Which events can be on record?
-- grain     event
-- column    event    varchar  the event
-- column    label    varchar  in words
-- column    meaning  varchar  what it says
-- missing   no row: nothing is ever recorded
select event, label, meaning
from audit_kind
order by label, event
