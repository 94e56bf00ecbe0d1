-- question  Define the instant of a time, in UTC without a zone; missing for a date.
-- grain     one row
-- after     import/define_moment_wall
-- after     import/define_moment_offset
-- source    A time without an offset is the clinic's local time; in the hour that comes twice in autumn, the later one
create or replace temp macro moment_at(t, zone) as case
    when t not like '%:%' then null
    when moment_offset(t) is not null then moment_wall(t) - to_minutes(moment_offset(t))
    else timezone('UTC', timezone(zone, moment_wall(t)))
end
