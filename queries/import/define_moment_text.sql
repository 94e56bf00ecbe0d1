-- question  Define one spelling of a date or time: the day, then the instant in UTC where a time was given.
-- grain     one row
-- after     import/define_moment_on
create or replace temp macro moment_text(t, zone) as list_transform(
    [moment_read(t, zone)], lambda m: m.day || coalesce(' ' || m.instant, '')
)[1]
