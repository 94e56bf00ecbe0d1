-- question  Store the settings that somebody gave a clinic, in the place of those that were retracted at this instant.
-- grain     clinic_id
-- param     clinic_id           varchar    demo-harbor          the clinic
-- param     clinic_name         varchar    Demo Clinic Harbor   its name
-- param     phone_in_hours      varchar    555-0101             by day
-- param     phone_out_of_hours  varchar    555-0111             at night
-- param     emergency_number    varchar    911                  for emergencies
-- param     amber_budget        double     8                    urgent amber flags per 100 patient-weeks
-- param     pain_is_back_pain   boolean    false                whether pain without a site is back pain
-- param     recorded_at         timestamp  2026-11-23 09:00:00  when, UTC
-- param     recorded_by         varchar    u1                   who
-- source    A zone that was only assumed stays so, and may still be replaced: source keeps that word
insert into clinic by name
select
    clinic_id,
    $clinic_name as name,
    time_zone,
    $phone_in_hours as phone_in_hours,
    $phone_out_of_hours as phone_out_of_hours,
    $emergency_number as emergency_number,
    $amber_budget as amber_budget,
    $pain_is_back_pain as pain_is_back_pain,
    $recorded_at as recorded_at,
    $recorded_by as recorded_by,
    case
        when source like 'assumed%entered' then source
        when source like 'assumed%' then source || '; then entered'
        else 'entered'
    end as source,
    clinic_id as supersedes
from clinic
where clinic_id = $clinic_id and retracted_at = $recorded_at
