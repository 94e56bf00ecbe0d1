-- question  Which procedures are there, with their levels, as an import takes them?
-- grain     episode_id
-- after     export/define_instant
-- column    episode_id  varchar  the course
-- column    patient_id  varchar  the patient
-- column    performed_at  varchar  day or instant
-- column    levels  varchar  treated levels, from top to bottom
-- column    pathway  varchar  the kind of procedure
-- column    fracture_on  date  day of the fracture
-- column    cause  varchar  its cause
-- column    surgeon  varchar  who did it
-- column    approach  varchar  how
-- column    of_grade  varchar  OF grade
-- column    genant  varchar  Genant grade
-- column    cement_ml  varchar  cement in ml, level by level
-- column    discharged_at  varchar  day or instant
-- column    timeline_version  varchar  the rules that it is under
-- column    tags  varchar  the clinic's own words
-- missing   no row: nothing is stored; null: an empty cell
with treated as (
    select
        t.episode_id,
        string_agg(t.level, ';' order by v.position) as levels,
        case
            when count(t.cement_ml) > 0
                then string_agg(coalesce(cast(t.cement_ml as varchar), ''), ';' order by v.position)
        end as cement_ml
    from treated_level t
    join level v using (level)
    where t.retracted_at is null
    group by t.episode_id
)

select
    e.episode_id,
    e.patient_id,
    instant(e.performed_on, e.performed_at) as performed_at,
    t.levels,
    e.pathway,
    e.fracture_on,
    e.cause,
    e.surgeon,
    e.approach,
    e.of_grade,
    e.genant,
    t.cement_ml,
    instant(e.discharged_on, e.discharged_at) as discharged_at,
    e.timeline_version,
    e.tags
from episode e
left join treated t using (episode_id)
where e.retracted_at is null
order by e.patient_id, e.episode_id
