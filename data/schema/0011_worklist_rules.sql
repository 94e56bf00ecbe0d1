-- What the lines of a day were made by: those made by another version of the rules are made again.
alter table worklist_day add column rules varchar;
