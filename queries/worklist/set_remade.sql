-- question  Note how many lines of a day went from where they were when it was worked out.
-- grain     as_of
-- param     as_of  date     2026-11-23  the day
-- param     more   integer  1           lines
update worklist_day
set remade = remade + $more
where as_of = $as_of
