-- question  What is stored now about the episodes of this import?
-- grain     stored_id
-- after     import/define_plain
-- after     import/open_checks
create or replace temp table stored as
with treated as (
    select
        t.episode_id,
        string_agg(t.level, ';' order by v.position) as levels,
        string_agg(t.level || '=' || plain(t.cement_ml), ';' order by v.position) as cement
    from treated_level t
    join level v using (level)
    where t.retracted_at is null
    group by t.episode_id
)

select
    e.episode_row_id as stored_id,
    e.episode_id as key,
    cast(null as varchar) as origin,
    e.patient_id,
    cast(null as timestamp) as retracted_at,
    [
        e.patient_id,
        e.performed_on || coalesce(' ' || e.performed_at, ''),
        t.levels,
        t.cement,
        e.pathway,
        cast(e.fracture_on as varchar),
        e.cause,
        e.surgeon,
        e.approach,
        e.of_grade,
        e.genant,
        e.discharged_on || coalesce(' ' || e.discharged_at, ''),
        e.timeline_version,
        e.tags
    ] as fields
from episode e
left join treated t using (episode_id)
where e.retracted_at is null
    and e.episode_id in (select key from checked)
