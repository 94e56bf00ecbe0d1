-- question  Define what a date or time says: wall clock and offset as written, instant in UTC, day at the clinic.
-- grain     one row
-- after     import/define_moment_wall
-- after     import/define_moment_offset
-- after     import/define_moment_instant
-- after     import/define_moment_day
-- source    A time without an offset is the clinic's local time; in the hour that comes twice in autumn, the later one
create or replace temp macro moment_read(t, zone) as list_transform(
    -- a list of one, so that each part is worked out once and not wherever it is named
    list_transform(
        [{'wall': moment_wall(t), 'shift': moment_offset(t)}],
        lambda written: {
            'wall': written.wall,
            'shift': written.shift,
            'instant': moment_instant(t, written.wall, written.shift, zone)
        }
    ),
    lambda placed: {
        'wall': placed.wall,
        'shift': placed.shift,
        'instant': placed.instant,
        'day': moment_day(placed.wall, placed.shift, placed.instant, zone)
    }
)[1]
