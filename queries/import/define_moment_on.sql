-- question  Define the day of a date or time in the time zone of the clinic.
-- grain     one row
-- after     import/define_moment_at
create or replace temp macro moment_on(t, zone) as cast(
    case
        when t not like '%:%' or moment_offset(t) is null then moment_wall(t)
        else timezone(zone, timezone('UTC', moment_at(t, zone)))
    end as date
)
