-- question  Define whether nothing is wrong with a date or time that was read: its parts are given, as import/define_moment_read says.
-- grain     one row
-- after     import/define_moment_fault
-- source    True only where import/define_moment_fault finds nothing
create or replace temp macro moment_sound(wall, shift, instant, day, zone, today, born_from, died_on) as coalesce(
    wall >= timestamp '1900-01-01'
    and day <= today
    and (born_from is null or day >= born_from)
    and (died_on is null or day <= died_on)
    and (instant is null or shift is not null or timezone(zone, timezone(zone, wall)) = wall),
    false
)
