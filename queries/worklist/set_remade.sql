-- question  Note how many lines of a day are about to be made anew.
-- grain     as_of
-- param     as_of  date  2026-11-23  the day
update worklist_day
set remade = remade + (
    select count(*)
    from worklist_line
    where as_of = $as_of and patient_id in (select patient_id from worklist_stale where as_of = $as_of)
)
where as_of = $as_of
