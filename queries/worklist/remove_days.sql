-- question  Everything may have changed: no day is worked out any more.
-- grain     as_of
delete from worklist_day
