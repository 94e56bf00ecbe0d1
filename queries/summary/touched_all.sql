-- question  Every patient there is: the whole summary is to be made anew.
-- grain     patient_id
create or replace temp table touched as
select distinct patient_id
from patient
where retracted_at is null
