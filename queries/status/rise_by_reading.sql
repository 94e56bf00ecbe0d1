-- question  Which rises in pain are open as of a date: confirmed by the next reading, or big at once, and not cleared since?
-- grain     episode_id, as_of, bin
-- param     as_of       date     2026-11-23  what is known on this day
-- param     episode_id  varchar  null        one course, or null for all
-- uses      status/raised_by_reading as raised_rise
-- column    episode_id     varchar    the course
-- column    as_of          date       which day is today
-- column    bin            integer    the reading that rose
-- column    value          double     its value
-- column    day            integer    its day
-- column    earlier        double     median of the (up to) three readings before it
-- column    is_big         boolean    enough without confirming
-- column    is_confirmed   boolean    the next reading is as high, in time
-- column    next_value     double     the confirming reading
-- column    next_day       integer    its day
-- column    said           varchar    the reading in words
-- column    next_said      varchar    the confirming reading in words
-- column    raised_on      date       when the rule first held
-- column    score_ids      varchar[]  the scores of both readings
-- missing   no row: nothing open
-- source    Verdict rule new_problem; silence never clears it
select
    episode_id, as_of, bin, value, day, earlier, is_big, is_confirmed, next_value, next_day,
    said, next_said, raised_on, score_ids
from raised_rise
where coalesce(closed_on < raised_on, true)
order by episode_id, as_of, bin
