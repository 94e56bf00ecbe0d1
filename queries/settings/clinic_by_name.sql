-- question  How is each clinic set, and when was that last changed?
-- grain     clinic_id
-- param     clinics  varchar[]  null  the clinics that may be seen, or null for all
-- column    clinic_id           varchar    the clinic
-- column    name                varchar    its name
-- column    time_zone           varchar    in which its days are
-- column    phone_in_hours      varchar    whom a patient calls in the daytime
-- column    phone_out_of_hours  varchar    whom a patient calls at night and on weekends
-- column    emergency_number    varchar    the emergency number of the country
-- column    amber_budget        double     urgent amber flags per 100 patient-weeks
-- column    pain_is_back_pain   boolean    whether pain without a site is back pain
-- column    recorded_at         timestamp  when this was recorded, UTC; tells one version from another
-- column    recorded_by         varchar    who recorded it
-- missing   no row: no clinic is known; null: no such number was given
select
    clinic_id,
    name,
    time_zone,
    phone_in_hours,
    phone_out_of_hours,
    emergency_number,
    amber_budget,
    pain_is_back_pain,
    recorded_at,
    recorded_by
from clinic
where retracted_at is null
    and ($clinics::varchar[] is null or list_contains($clinics::varchar[], clinic_id))
order by name, clinic_id
