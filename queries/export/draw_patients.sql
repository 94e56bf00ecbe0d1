-- question  Draw a random id and one shift of all dates for each patient; blank what would single out fewer than `least`.
-- grain     patient_id
-- param     as_of  date    2026-11-23  the day that counts as today, for ages
-- param     least  bigint  11          the smallest group that may be told apart
-- param     oldest  bigint  89  the age above which all are told together
-- source    Convention: cells under 11 are not shown (CMS); ages over 89 together and no date of a year (HIPAA Safe Harbor)
-- source    Groups are clinic x sex x ten years of age. Those too small are blank in all three, and join until they are enough
create or replace temp table patient_drawn as
with named as (
    select
        clinic_id,
        'clinic ' || row_number() over (order by drawn) as clinic
    from (select clinic_id, uuid() as drawn from patient where retracted_at is null group by clinic_id)
),

person as (
    select
        p.patient_id,
        n.clinic,
        p.sex,
        year($as_of) - try_cast(p.birth_date[1:4] as integer) as age
    from patient p
    join named n using (clinic_id)
    where p.retracted_at is null
),

grouped as (
    select
        patient_id,
        clinic,
        sex,
        case
            when age > $oldest then 'over 89'
            else (age // 10 * 10) || ' to ' || (age // 10 * 10 + 9)
        end as age_group
    from person
),

sized as (
    select clinic, sex, age_group, count(*) as n
    from grouped
    group by clinic, sex, age_group
),

summed as (
    select
        *,
        min(n) over () as smallest,
        coalesce(sum(n) over (order by n, clinic, sex, age_group rows between unbounded preceding and 1 preceding), 0)
            as before
    from sized
),

told as (
    select clinic, sex, age_group
    from summed
    where n >= $least and (smallest >= $least or before >= $least)
)

select
    g.patient_id,
    cast(uuid() as varchar) as patient,
    t.clinic,
    t.sex,
    t.age_group,
    cast(1 + floor(random() * 365) as integer) as back
from grouped g
left join told t
    on t.clinic = g.clinic and t.sex is not distinct from g.sex and t.age_group is not distinct from g.age_group
