-- question  Which done scores of the primary instrument can each course use, before and after its procedure?
-- grain     episode_id, score_id
-- uses      summary/course_by_id as course
-- column    episode_id  varchar    the course
-- column    score_id    varchar    the score
-- column    day         integer    days after the procedure; null before any
-- column    taken_on    date       the clinic's date
-- column    taken_at    timestamp  UTC, where a time was given
-- column    value       double     in the instrument's unit
-- column    is_before   boolean    taken before the procedure: may be a baseline, never a reading
-- column    is_own      boolean    falls in this course
-- column    is_named    boolean    on the primary instrument itself, not on one that the clinic declares to be it
-- source    Before: an earlier date; on the day itself a time before the procedure, or context 'before'
select
    c.episode_id,
    s.score_id,
    (s.taken_on - c.performed_on)::integer as day,
    s.taken_on,
    s.taken_at,
    s.value,
    coalesce(
        s.taken_on < c.performed_on
            or s.taken_on = c.performed_on
            and (coalesce(s.taken_at < c.performed_at, false) or coalesce(s.context, '') = 'before'),
        false
    ) as is_before,
    s.episode_id is not distinct from c.episode_id or c.performed_on is null as is_own,
    s.instrument = c.primary_instrument as is_named
from course c
join score s
    on s.patient_id = c.patient_id
    and s.retracted_at is null
    and s.status = 'done'
    and (s.instrument = c.primary_instrument or s.instrument = 'nrs_pain' and (c.declared or c.performed_on is null))
order by c.episode_id, s.taken_on, s.taken_at nulls first, s.score_id
