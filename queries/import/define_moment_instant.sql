-- question  Define the instant in UTC of a date or time whose clock and offset were read; missing where no time was given.
-- grain     one row
-- source    As import/define_moment_read
create or replace temp macro moment_instant(t, wall, shift, zone) as case
    when t not like '%:%' then null
    when shift is not null then wall - to_minutes(shift)
    else timezone('UTC', timezone(zone, wall))
end
