-- question  The touched patients' facts have changed: their lines are to be made anew on every day that is kept.
-- grain     as_of, patient_id
-- after     summary/touched_all
insert into worklist_stale
select d.as_of, t.patient_id
from worklist_day d
cross join touched t
