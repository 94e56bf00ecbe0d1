-- question  The rules have changed: all flags are to be made anew before they are next read.
-- grain     patient_id
insert into flag_stale
select distinct patient_id
from patient
