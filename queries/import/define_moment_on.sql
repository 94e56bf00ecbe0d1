-- question  Define the day of a date or time in the time zone of the clinic.
-- grain     one row
-- after     import/define_moment_read
create or replace temp macro moment_on(t, zone) as moment_read(t, zone).day
