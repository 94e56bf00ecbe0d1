-- question  How few patients set a cohort apart from a clinic, surgeon or month that the Clinics page shows?
-- grain     place
-- param     definitions  varchar    [{"filters":{"sex":["female"]}}]  a JSON list of definitions, each in canonical JSON
-- param     as_of        date       2026-11-23  procedures up to this day
-- param     clinics      varchar[]  null        the clinics that may be seen, or null for all
-- param     most         integer    4           so many are few
-- uses      cohort/verdict_by_episode as judged
-- column    place  bigint  which definition, from 1
-- column    apart  bigint  patients in one and not in the other, the more of both; the fewest of all
-- missing   no row: none is as near, or it is one of them itself; what holds no more than few is shown nowhere
with done as (
    select j.place, j.patient_id, j.is_member, t.clinic_id, t.surgeon, date_trunc('month', t.performed_on) as month_on
    from judged j
    join trait t on t.episode_id = j.episode_id
),

whole as (
    select place, count(distinct patient_id) as patients from done where is_member group by place
),

cell as (
    select
        place,
        count(distinct patient_id) as patients,
        count(distinct patient_id) filter (where is_member) as shared
    from done
    group by grouping sets (
        (place, clinic_id), (place, surgeon), (place, month_on), (place, clinic_id, month_on),
        (place, surgeon, month_on), (place)
    )
),

set_apart as (
    select c.place, greatest(w.patients - c.shared, c.patients - c.shared) as apart
    from cell c
    join whole w on w.place = c.place
    where c.patients > $most
)

select place, min(apart) as apart
from set_apart
group by place
having min(apart) between 1 and $most
order by place
