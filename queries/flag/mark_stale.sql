-- question  The facts of the touched patients have changed: their flags are to be made anew before they are next read.
-- grain     patient_id
-- after     summary/touched_all
insert into flag_stale
select patient_id
from touched
