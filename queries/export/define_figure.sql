-- question  Define a number as JSON: 7, not 7.0, which would claim a digit more.
-- grain     one row
create or replace temp macro figure(given) as cast(regexp_replace(cast(given as varchar), '\.0$', '') as json)
