-- question  Define a list of those members that are there; nothing where none is.
-- grain     one row
create or replace temp macro present(given) as nullif(list_filter(given, lambda x: x is not null), [])
