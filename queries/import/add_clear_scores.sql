-- question  Store the clear scores, sorted by patient and day, each in its course.
-- grain     score_id
-- param     now          timestamp  2026-03-01 09:00:00     the instant of the import, UTC
-- param     recorded_by  varchar    import                  who imports
-- param     source       varchar    import                  where the rows come from
-- param     batch_id     varchar    20260301-090000-abcdef  the import
-- after     import/make_doubtful
-- after     import/clear_scores
insert into score
select
    cast(uuidv7() as varchar),
    p.patient_id,
    r.episode_id,
    r.instrument,
    r.day,
    r.instant,
    r.value,
    r.status,
    r.context,
    $now,
    coalesce(r.recorded_by, $recorded_by),
    coalesce(r.origin, $source),
    $batch_id,
    null,
    null
from clear_row r
join person p using (turn)
where r.row_id not in (select row_id from doubtful)
order by r.turn, r.day, r.instant nulls first, r.instrument
