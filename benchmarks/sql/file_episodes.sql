with level as (
    select episode_id, string_agg(level, ';' order by treated_level_id) as levels,
        string_agg(coalesce(cast(cement_ml as varchar), ''), ';' order by treated_level_id) as cement_ml
    from treated_level
    group by episode_id
)

select episode_id, patient_id, coalesce(strftime(performed_at, '%Y-%m-%dT%H:%M:%SZ'), cast(performed_on as varchar)) as performed_at, levels,
    pathway, fracture_on, cause, surgeon, approach, of_grade, genant, cement_ml,
    coalesce(strftime(discharged_at, '%Y-%m-%dT%H:%M:%SZ'), cast(discharged_on as varchar)) as discharged_at
from episode
left join level using (episode_id)
order by hash(episode_id)
