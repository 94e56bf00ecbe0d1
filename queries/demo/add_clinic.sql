-- question  Add a made-up clinic with its time zone and phones, unless it is there.
-- grain     clinic_id
-- param     clinic_id           varchar  demo-harbor       the clinic
-- param     clinic_name         varchar  Demo Clinic Harbor  its name on the screen
-- param     time_zone           varchar  America/New_York  IANA name
-- param     phone_in_hours      varchar  555-0101          who answers by day
-- param     phone_out_of_hours  varchar  555-0111          who answers at night
-- param     emergency_number    varchar  911               the emergency number of the country
-- source    made up
insert into clinic (
    clinic_id, name, time_zone, phone_in_hours, phone_out_of_hours, emergency_number,
    recorded_at, recorded_by, source
)
select
    $clinic_id, $clinic_name, $time_zone, $phone_in_hours, $phone_out_of_hours, $emergency_number,
    timestamp '2026-01-01 00:00:00', 'demo', 'demo'
where not exists (
    select 1 from clinic as known where known.clinic_id = $clinic_id and known.retracted_at is null
)
