-- question  Define a cell as read: trimmed, and missing where it is blank.
-- grain     one row
create or replace temp macro cell(t) as nullif(trim(t, concat(' ', chr(9), chr(10), chr(13), chr(160), chr(65279))), '')
