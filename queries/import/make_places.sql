-- question  Which time zone and which day is it at each clinic, and at one that isn't known yet?
-- grain     clinic_id
-- param     now  timestamp  2026-03-01 09:00:00  the instant of the import, UTC
-- after     import/guess_time_zone
create or replace temp table place as
with zone as (
    select clinic_id, time_zone
    from clinic
    where retracted_at is null
    union all
    select null, time_zone
    from guess
)

select
    clinic_id,
    time_zone,
    cast(timezone(time_zone, timezone('UTC', $now)) as date) as today
from zone
