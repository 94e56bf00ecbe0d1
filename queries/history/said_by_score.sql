-- question  What do all scores of this patient say, in words, with those corrected or taken back since?
-- grain     fact_id
-- param     patient_id  varchar  DEMO-P0001  the patient
-- column    kind         varchar    score
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
with made_of as (
    select score_id, count(points) as answered, count(*) as items, any_value(scoring_rule) as rule
    from score_item
    where patient_id = $patient_id
    group by score_id
)

select
    'score' as kind,
    f.score_id as fact_id,
    f.patient_id,
    f.episode_id,
    coalesce(i.short_label, f.instrument) as what,
    coalesce(printf('%g', f.value), t.label, f.status) || if(f.context = 'before', ', before the procedure', '')
        || coalesce(format(', from {} of {} items ({})', m.answered, m.items, r.words), '') as said,
    f.taken_on as moment_on,
    f.taken_at as moment_at,
    f.recorded_at,
    f.recorded_by,
    f.source,
    f.batch_id,
    f.retracted_at,
    f.supersedes
from score f
left join instrument i on i.instrument = f.instrument
left join score_status t on t.status = f.status
left join made_of m on m.score_id = f.score_id
left join scoring_rule r on r.rule = m.rule
where f.patient_id = $patient_id
order by f.score_id
