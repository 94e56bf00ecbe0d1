insert into clinic (clinic_id, name, time_zone, phone_in_hours, phone_out_of_hours, emergency_number, recorded_at, recorded_by, source)
select clinic, name, time_zone, phone_in_hours, phone_out_of_hours, emergency_number, timestamp '2026-01-01', 'bench', 'bench'
from read_csv($folder || '/clinics.csv', all_varchar = true, header = true)
where clinic not in (select clinic_id from clinic)
