-- question  Define how text is written for a spreadsheet: what it would take for a formula begins with an apostrophe.
-- grain     one row
-- source    Text that begins with an apostrophe gets one, too, so that taking one away gives back what was there
create or replace temp macro masked(x) as
    case when regexp_matches(x, '^\s*[=+\-@\t\r\n]|^''') then '''' || x else x end
