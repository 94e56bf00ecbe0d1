-- question  What is there to choose from for each filter that takes words, and for the years, and how often is it?
-- grain     filter, code
-- param     as_of    date       2026-11-23  procedures up to this day
-- param     clinics  varchar[]  null        the clinics that may be seen, or null for all
-- uses      cohort/trait_by_episode as trait
-- column    filter    varchar  as in cohort_filter; performed_on for years
-- column    code      varchar  what the filter takes; the year
-- column    name      varchar  of a clinic
-- column    episodes  bigint   procedures
-- column    patients  bigint   patients
-- missing   no row: nothing of it is recorded
with done as (
    select t.*, c.name as clinic_name
    from trait t
    left join clinic c on c.clinic_id = t.clinic_id and c.retracted_at is null
    where t.performed_on <= $as_of::date
),

said as (
    select
        d.episode_id, d.patient_id, d.clinic_name,
        unnest([
            {'filter': 'clinic', 'codes': [d.clinic_id]},
            {'filter': 'surgeon', 'codes': [d.surgeon]},
            {'filter': 'performed_on', 'codes': [year(d.performed_on)::varchar]},
            {'filter': 'sex', 'codes': [d.sex]},
            {'filter': 'level', 'codes': d.levels},
            {'filter': 'region', 'codes': d.regions},
            {'filter': 'cause', 'codes': [d.cause]},
            {'filter': 'of_grade', 'codes': [d.of_grade]},
            {'filter': 'approach', 'codes': [d.approach]},
            {'filter': 'tag', 'codes': list_distinct(d.tags)}
        ]) as one
    from done d
),

listed as (
    select episode_id, patient_id, clinic_name, one['filter'] as filter, unnest(one['codes']) as code from said
)

select
    l.filter,
    l.code,
    case when l.filter = 'clinic' then any_value(l.clinic_name) end as name,
    count(*) as episodes,
    count(distinct l.patient_id) as patients
from listed l
where l.code is not null
group by l.filter, l.code
order by l.filter, l.code
