-- question  Which clinics does the store know?
-- grain     clinic_id
-- column    clinic_id  varchar  the clinic
select clinic_id
from clinic
where retracted_at is null
order by clinic_id
