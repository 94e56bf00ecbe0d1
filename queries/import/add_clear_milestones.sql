-- question  Store the clear milestones, sorted by patient and day.
-- grain     milestone_event_id
-- param     now          timestamp  2026-03-01 09:00:00     the instant of the import, UTC
-- param     recorded_by  varchar    import                  who imports
-- param     source       varchar    import                  where the rows come from
-- param     batch_id     varchar    20260301-090000-abcdef  the import
-- after     import/make_doubtful
-- after     import/clear_milestones
-- source    An id is made after the sort, which so has less to carry
insert into milestone_event
select
    cast(uuidv7() as varchar),
    patient_id,
    episode_id,
    milestone,
    status,
    day,
    instant,
    reported_by,
    $now,
    $recorded_by,
    $source,
    $batch_id,
    null,
    null
from (
    select r.*, p.patient_id
    from clear_row r
    join person p using (turn)
    where r.row_id not in (select row_id from doubtful)
    order by r.turn, r.day, r.instant nulls first, r.milestone
)
