insert into clinic by name
select clinic as clinic_id, name, time_zone, phone_in_hours, phone_out_of_hours, emergency_number, timestamp '2026-01-01' as recorded_at, 'bench' as recorded_by, 'bench' as source
from incoming
