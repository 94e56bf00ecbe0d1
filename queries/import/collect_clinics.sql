-- question  What is stored now about the clinics of this import?
-- grain     stored_id
-- after     import/define_plain
create or replace temp table stored as
select
    clinic_id as stored_id,
    clinic_id as key,
    cast(null as varchar) as origin,
    cast(null as varchar) as patient_id,
    cast(null as timestamp) as retracted_at,
    [
        name, time_zone, phone_in_hours, phone_out_of_hours, emergency_number, plain(amber_budget),
        cast(pain_is_back_pain as varchar)
    ] as fields
from clinic
where retracted_at is null
