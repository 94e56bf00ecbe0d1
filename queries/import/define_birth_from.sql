-- question  Define the earliest day of birth that a year, a month or a date of birth allows.
-- grain     one row
create or replace temp macro birth_from(t) as case
    when regexp_full_match(t, '[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?') then try_cast(left(t || '-01-01', 10) as date)
end
