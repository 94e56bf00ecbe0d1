-- question  In which time zone does each clinic live?
-- grain     clinic_id
-- column    clinic_id  varchar  the clinic
-- column    time_zone  varchar  name of the zone, such as Europe/Madrid
-- missing   no row: no clinic yet
select
    clinic_id,
    time_zone
from clinic
where retracted_at is null
order by clinic_id
