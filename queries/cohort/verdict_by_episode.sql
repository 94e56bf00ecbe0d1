-- question  Is each procedure in a cohort by its definition, and if that can't be told, for want of what?
-- grain     place, episode_id
-- param     definitions  varchar    [{"filters":{"sex":["female"]}}]  a JSON list of definitions, each in canonical JSON
-- param     as_of        date       2026-11-23  procedures up to this day
-- param     clinics      varchar[]  null        the clinics that may be seen, or null for all
-- uses      cohort/trait_by_episode as trait
-- frame     followed  episode_id varchar, is_complete boolean
-- column    place       bigint     which definition, from 1
-- column    episode_id  varchar    the episode
-- column    patient_id  varchar    the patient
-- column    is_member   boolean    every filter holds; null where one can't be answered and none says no
-- column    unknown     varchar[]  the filters that can't be answered, where that is why
-- missing   no row: no procedure by that day
-- source    What isn't known answers no filter; no tag is an answer
with told as (
    select unnest(listed) as one, generate_subscripts(listed, 1) as place
    from (select from_json($definitions::json, '["json"]') as listed)
),

asked as (
    select place, from_json(json_array(one -> 'filters', one -> 'other_than'), '[{
        "clinic": ["varchar"], "surgeon": ["varchar"], "performed_on": {"from": "date", "to": "date"},
        "age": {"from": "double", "to": "double"}, "sex": ["varchar"], "level": ["varchar"], "region": ["varchar"],
        "level_count": {"from": "double", "to": "double"}, "cause": ["varchar"],
        "fracture_age": {"from": "double", "to": "double"}, "baseline": {"from": "double", "to": "double"},
        "of_grade": ["varchar"], "approach": ["varchar"], "prior_fracture": "boolean", "tag": ["varchar"],
        "complete_follow_up": "boolean"
    }]') as parts
    from told
),

answered as (
    select
        a.place, t.*, w.is_complete, a.parts, a.parts[2] is not null as has_rest,
        list_transform(a.parts, lambda f:
            (f.clinic is null or list_contains(f.clinic, t.clinic_id))
            and (f.surgeon is null or list_contains(f.surgeon, t.surgeon))
            and (f.performed_on is null or t.performed_on between coalesce(f.performed_on.from, t.performed_on)
                and coalesce(f.performed_on.to, t.performed_on))
            and (f.age is null or t.age between coalesce(f.age.from, t.age) and coalesce(f.age.to, t.age))
            and (f.sex is null or list_contains(f.sex, t.sex))
            and (f.level is null or list_has_any(nullif(t.levels, []), f.level))
            and (f.region is null or list_has_any(nullif(t.regions, []), f.region))
            and (f.level_count is null or t.level_count between coalesce(f.level_count.from, t.level_count)
                and coalesce(f.level_count.to, t.level_count))
            and (f.cause is null or list_contains(f.cause, t.cause))
            and (f.fracture_age is null or t.fracture_weeks between coalesce(f.fracture_age.from, t.fracture_weeks)
                and coalesce(f.fracture_age.to, t.fracture_weeks))
            and (f.baseline is null or t.baseline between coalesce(f.baseline.from, t.baseline)
                and coalesce(f.baseline.to, t.baseline))
            and (f.of_grade is null or list_contains(f.of_grade, t.of_grade))
            and (f.approach is null or list_contains(f.approach, t.approach))
            and (f.prior_fracture is null or f.prior_fracture = t.has_prior_fracture)
            and (f.tag is null or list_has_any(t.tags, f.tag))
            and (f.complete_follow_up is null or f.complete_follow_up = w.is_complete)
        ) as holds
    from trait t
    left join followed w on w.episode_id = t.episode_id
    cross join asked a
    where t.performed_on <= $as_of::date
)

select
    place, episode_id, patient_id,
    holds[1] and (not has_rest or not holds[2]) as is_member,
    case when is_member is null then list_sort(list_distinct(flatten(list_transform(parts, lambda f, i:
        case when holds[i] is null then list_filter([
            case when f.surgeon is not null and surgeon is null then 'surgeon' end,
            case when f.age is not null and age is null then 'age' end,
            case when f.sex is not null and sex is null then 'sex' end,
            case when f.level is not null and level_count is null then 'level' end,
            case when f.region is not null and level_count is null then 'region' end,
            case when f.level_count is not null and level_count is null then 'level_count' end,
            case when f.cause is not null and cause is null then 'cause' end,
            case when f.fracture_age is not null and fracture_weeks is null then 'fracture_age' end,
            case when f.baseline is not null and baseline is null then 'baseline' end,
            case when f.of_grade is not null and of_grade is null then 'of_grade' end,
            case when f.approach is not null and approach is null then 'approach' end,
            case when f.complete_follow_up is not null and is_complete is null then 'complete_follow_up' end
        ], lambda word: word is not null) else [] end
    )))) else [] end as unknown
from answered
order by place, episode_id
