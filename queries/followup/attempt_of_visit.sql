-- question  Which attempts were made to reach this patient for this visit, newest first?
-- grain     contact_attempt_id
-- param     as_of       date     2026-11-23  what is known on this day
-- param     episode_id  varchar  null        the episode
-- param     visit       varchar  null        the visit, or null for all
-- column    contact_attempt_id  varchar    the attempt
-- column    visit               varchar    the visit
-- column    attempted_on        date       the day
-- column    attempted_at        timestamp  UTC, where a time was given
-- column    outcome             varchar    in words
-- column    call_back_on        date       the day agreed on
-- column    detail              varchar    a note
-- column    recorded_by         varchar    who wrote it down
-- missing   no row: never called
select
    a.contact_attempt_id,
    a.visit,
    a.attempted_on,
    a.attempted_at,
    o.label as outcome,
    a.call_back_on,
    a.detail,
    a.recorded_by
from contact_attempt a
join contact_outcome o using (outcome)
where a.retracted_at is null
    and a.attempted_on <= $as_of::date
    and ($episode_id::varchar is null or a.episode_id = $episode_id)
    and ($visit::varchar is null or a.visit = $visit)
order by a.attempted_on desc, a.attempted_at desc nulls last, a.recorded_at desc, a.contact_attempt_id desc
