select clinic_id as clinic, name, time_zone, phone_in_hours, phone_out_of_hours, emergency_number
from clinic
