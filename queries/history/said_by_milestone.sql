-- question  What do all milestone records of this patient say, in words, with those corrected or taken back since?
-- grain     fact_id
-- param     patient_id  varchar  DEMO-P0001  the patient
-- column    kind         varchar    milestone
-- column    fact_id      varchar    the row
-- column    patient_id   varchar    the patient
-- column    episode_id   varchar    the course
-- column    what         varchar    what it is about
-- column    said         varchar    what it says about it
-- column    moment_on    date       the clinic's date
-- column    moment_at    timestamp  UTC, where a time was given
-- column    recorded_at  timestamp  UTC
-- column    recorded_by  varchar    who
-- column    source       varchar    entered, or where it came from
-- column    batch_id     varchar    the import that brought it
-- column    retracted_at  timestamp  UTC; null while it is current
-- column    supersedes   varchar    the row that it took the place of
-- missing   no row: none
select
    'milestone' as kind,
    f.milestone_event_id as fact_id,
    f.patient_id,
    f.episode_id,
    coalesce(m.label, f.milestone) as what,
    coalesce(t.label, f.status) || coalesce(', told by ' || f.reported_by, '') as said,
    f.happened_on as moment_on,
    f.happened_at as moment_at,
    f.recorded_at,
    f.recorded_by,
    f.source,
    f.batch_id,
    f.retracted_at,
    f.supersedes
from milestone_event f
left join episode_summary s on s.episode_id = f.episode_id
left join milestone m on m.timeline_version = s.timeline_version and m.milestone = f.milestone
left join milestone_status t on t.status = f.status
where f.patient_id = $patient_id
order by f.milestone_event_id
