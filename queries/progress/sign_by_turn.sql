-- question  For which danger signs does a patient call for help, and whom?
-- grain     turn
-- column    turn     integer  where it stands
-- column    kind     varchar  a red flag of data/reference/event_kind.csv
-- column    urgency  varchar  now: the emergency number; today: the clinic
-- column    title    varchar  as it is felt
-- column    said     varchar  as it is told back once it was recorded; null: another sign of its kind has it
-- missing   said null
-- source    data/reference/help_sign.csv
select turn, kind, urgency, title, said
from help_sign
order by turn
