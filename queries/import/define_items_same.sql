-- question  Define the one text of the items of a score, however it was written.
-- grain     one row
-- after     import/define_items_read
create or replace temp macro items_same(t) as cast(to_json(items_read(t)) as varchar)
