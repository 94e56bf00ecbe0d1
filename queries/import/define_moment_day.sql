-- question  Define the day at the clinic of a date or time whose clock, offset and instant were read.
-- grain     one row
-- source    As import/define_moment_read
create or replace temp macro moment_day(wall, shift, instant, zone) as cast(
    case
        when shift is null then wall
        else timezone(zone, timezone('UTC', instant))
    end as date
)
