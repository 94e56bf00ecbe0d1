-- question  Which clinics are there, as an import takes them?
-- grain     clinic
-- column    clinic  varchar  its id
-- column    name  varchar  its name
-- column    time_zone  varchar  its zone
-- column    phone_in_hours  varchar  by day
-- column    phone_out_of_hours  varchar  at night
-- column    emergency_number  varchar  for emergencies
-- column    amber_budget  double  urgent flags a day
-- column    pain_is_back_pain  boolean  what a pain score is about
-- missing   no row: nothing is stored; null: an empty cell
select
    clinic_id as clinic,
    name,
    time_zone,
    phone_in_hours,
    phone_out_of_hours,
    emergency_number,
    amber_budget,
    pain_is_back_pain
from clinic
where retracted_at is null
order by clinic
