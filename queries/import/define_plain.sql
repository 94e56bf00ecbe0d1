-- question  Define how a number is written: 7, not 7.0.
-- grain     one row
create or replace temp macro plain(x) as regexp_replace(cast(x as varchar), '\.0$', '')
