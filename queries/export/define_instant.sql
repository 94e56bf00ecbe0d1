-- question  Define how a moment is written: the instant in UTC where one was given, else the date.
-- grain     one row
create or replace temp macro instant(on_day, at_time) as
    coalesce(strftime(at_time, '%Y-%m-%dT%H:%M:%S.%fZ'), cast(on_day as varchar))
