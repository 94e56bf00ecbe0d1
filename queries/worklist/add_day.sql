-- question  Announce a day: from here on, each change of facts is noted for it.
-- grain     as_of
-- param     as_of  date     2026-11-23  the day
-- param     rules  varchar  4be1c0      digest of what its lines are made by
insert into worklist_day (as_of, rules, is_ready, courses, remade)
select $as_of, $rules, false, 0, 0
