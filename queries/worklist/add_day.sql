-- question  Announce a day: from here on, each change of facts is noted for it.
-- grain     as_of
-- param     as_of  date  2026-11-23  the day
insert into worklist_day (as_of, is_ready, courses, remade)
select $as_of, false, 0, 0
