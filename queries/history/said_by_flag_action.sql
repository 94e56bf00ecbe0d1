-- question  What do all answers to flags of this patient say, in words, with those taken back since?
-- grain     fact_id
-- param     patient_id  varchar  DEMO-P0001  the patient
-- column    kind         varchar    flag_action
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
    'flag_action' as kind,
    f.flag_action_id as fact_id,
    f.patient_id,
    f.episode_id,
    'Flag: ' || coalesce(lower(r.label), f.rule) as what,
    concat_ws(
        ', ',
        replace(f.action, '_', ' '),
        coalesce(lower(a.label), f.answer),
        f.words,
        'to ' || f.owner,
        'due ' || strftime(f.due_on, '%-d %b %Y')
    ) as said,
    f.on_date as moment_on,
    null::timestamp as moment_at,
    f.recorded_at,
    f.recorded_by,
    f.source,
    f.batch_id,
    f.retracted_at,
    f.supersedes
from flag_action f
left join episode_summary s on s.episode_id = f.episode_id
left join flag_rule r on r.timeline_version = s.timeline_version and r.rule = f.rule
left join flag_answer a on a.answer = f.answer
where f.patient_id = $patient_id
order by f.flag_action_id
