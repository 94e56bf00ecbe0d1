-- question  Retract the patient rows that this import supersedes.
-- grain     patient_row_id
-- param     now  timestamp  2026-03-01 09:00:00  the instant of the import, UTC
-- after     import/settle
update patient
set retracted_at = $now
where patient_row_id in (select stored_id from settled where is_written)
