-- question  Define one spelling of a date or time: the day, then the instant in UTC where a time was given.
-- grain     one row
-- after     import/define_moment_on
create or replace temp macro moment_text(t, zone) as moment_on(t, zone) || coalesce(' ' || moment_at(t, zone), '')
