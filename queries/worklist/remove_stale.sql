-- question  The lines of a day are what the facts say again: nobody is stale any more.
-- grain     as_of, patient_id
-- param     as_of  date  2026-11-23  the day
delete from worklist_stale
where as_of = $as_of
