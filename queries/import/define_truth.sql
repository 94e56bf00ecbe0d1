-- question  Define which words mean true and which false.
-- grain     one row
create or replace temp macro truth(t) as case
    when lower(t) in ('true', 'yes', '1') then 'true'
    when lower(t) in ('false', 'no', '0') then 'false'
end
