-- question  At which instants was something of this patient recorded or taken back, and by whom?
-- grain     happened_at
-- param     patient_id   varchar    DEMO-P0001  the patient
-- param     most         integer    400         at most so many, the newest
-- column    happened_at  timestamp  UTC
-- column    told         varchar    how much was recorded and taken back, and by whom, in words
-- missing   no row: an unknown patient
-- source    What an import brings is seen from its end on; who took a fact back recorded the one in its place, or the change
with fact as (
    select score_id as fact_id, supersedes, recorded_at, recorded_by, retracted_at
    from score
    where patient_id = $patient_id
    union all
    select milestone_event_id, supersedes, recorded_at, recorded_by, retracted_at
    from milestone_event
    where patient_id = $patient_id
    union all
    select note_id, supersedes, recorded_at, recorded_by, retracted_at
    from note
    where patient_id = $patient_id
    union all
    select event_id, supersedes, recorded_at, recorded_by, retracted_at
    from event
    where patient_id = $patient_id
    union all
    select medication_id, supersedes, recorded_at, recorded_by, retracted_at
    from medication
    where patient_id = $patient_id
    union all
    select treated_level_id, supersedes, recorded_at, recorded_by, retracted_at
    from treated_level
    where patient_id = $patient_id
    union all
    select episode_row_id, supersedes, recorded_at, recorded_by, retracted_at
    from episode
    where patient_id = $patient_id
    union all
    select patient_row_id, supersedes, recorded_at, recorded_by, retracted_at
    from patient
    where patient_id = $patient_id
),

happening as (
    select recorded_at as noted_at, recorded_by as by_whom, 1 as recorded, 0 as taken_back
    from fact
    union all
    select retracted_at, null, 0, 1
    from fact
    where retracted_at is not null
    union all
    select changed_at, changed_by, 0, 0
    from change
    where patient_id = $patient_id
),

seen as (
    select
        case when h.noted_at < b.finished_at then b.finished_at else h.noted_at end as happened_at,
        h.by_whom,
        h.recorded,
        h.taken_back
    from happening h
    asof left join import_batch b on h.noted_at >= b.started_at
)

select
    happened_at,
    coalesce(
        nullif(
            concat_ws(
                ', ',
                case when sum(recorded) > 0 then sum(recorded) || ' recorded' end,
                case when sum(taken_back) > 0 then sum(taken_back) || ' taken back' end
            ),
            ''
        ),
        'something changed'
    ) || coalesce(', by ' || string_agg(distinct by_whom, ' and ' order by by_whom), '') as told
from seen
group by happened_at
order by happened_at desc
limit $most
