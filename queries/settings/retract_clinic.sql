-- question  Retract the settings of a clinic that others take the place of; the row stays.
-- grain     clinic_id
-- param     clinic_id     varchar    demo-harbor          the clinic
-- param     retracted_at  timestamp  2026-11-23 09:00:00  when, UTC
update clinic
set retracted_at = $retracted_at
where clinic_id = $clinic_id and retracted_at is null
