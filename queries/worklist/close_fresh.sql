-- question  Let the room for worked out lines go.
-- grain     one row
drop table if exists temp.fresh_line
