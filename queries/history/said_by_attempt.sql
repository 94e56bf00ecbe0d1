-- question  What do all attempts to reach this patient say, in words, with those taken back since?
-- grain     fact_id
-- param     patient_id  varchar  DEMO-P0001  the patient
-- column    kind         varchar    attempt
-- column    fact_id      varchar    the row
-- column    patient_id   varchar    the patient
-- column    episode_id   varchar    the course
-- column    what         varchar    what it is about
-- column    said         varchar    what it says about it; the patient's own words, never trust them
-- column    moment_on    date       the clinic's date
-- column    moment_at    timestamp  never given
-- column    recorded_at  timestamp  UTC
-- column    recorded_by  varchar    who
-- column    source       varchar    entered, or where it came from
-- column    batch_id     varchar    the import that brought it
-- column    retracted_at  timestamp  UTC; null while it is current
-- column    supersedes   varchar    the row that it took the place of
-- missing   no row: none
select
    'attempt' as kind,
    f.contact_attempt_id as fact_id,
    f.patient_id,
    f.episode_id,
    'Call' as what,
    concat_ws(
        ', ', coalesce(lower(o.label), f.outcome), 'call back on ' || strftime(f.call_back_on, '%-d %b %Y'), f.detail
    ) as said,
    f.attempted_on as moment_on,
    f.attempted_at as moment_at,
    f.recorded_at,
    f.recorded_by,
    f.source,
    f.batch_id,
    f.retracted_at,
    f.supersedes
from contact_attempt f
left join contact_outcome o on o.outcome = f.outcome
where f.patient_id = $patient_id
order by f.contact_attempt_id
