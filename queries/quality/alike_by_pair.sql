-- question  Which two patients may be one: the same birth date and a like name, or the same name and no birth date that differs?
-- grain     patient_id, other_id
-- param     clinics  varchar[]  null  the clinics that may be seen, or null for all
-- column    patient_id       varchar  the patient
-- column    other_id         varchar  the one whom this may be; of many of the same name and birth date the first
-- column    clinic_id        varchar  the patient's clinic
-- column    other_clinic_id  varchar  the other one's
-- column    because          varchar  what is alike
-- missing   no row: none are; who has no name is never compared
-- source    quality_limit name_likeness; names that differ in their digits are never alike
with named as (
    select
        patient_id, clinic_id, birth_date,
        lower(strip_accents(trim(concat_ws(' ', given_name, family_name)))) as name
    from patient
    where retracted_at is null and coalesce(given_name, family_name) is not null
        and ($clinics::varchar[] is null or list_contains($clinics::varchar[], clinic_id))
),

identity as (
    select name, birth_date, clinic_id, min(patient_id) as first_id, regexp_replace(name, '[^0-9]', '', 'g') as digits
    from named
    where name <> ''
    group by name, birth_date, clinic_id
),

pair as (
    select n.patient_id, i.first_id as other_id, n.clinic_id, i.clinic_id as other_clinic_id,
        'The same name' || if(n.birth_date is null, '', ' and birth date') as because
    from named n
    join identity i
        on i.name = n.name and i.clinic_id = n.clinic_id and i.birth_date is not distinct from n.birth_date
        and i.first_id < n.patient_id
    union all
    select a.first_id, b.first_id, a.clinic_id, b.clinic_id, 'The same birth date and a like name'
    from identity a
    join identity b on a.birth_date = b.birth_date and a.digits = b.digits and a.first_id > b.first_id
    where try_cast(a.birth_date as date) is not null
        and jaro_winkler_similarity(a.name, b.name) >= (select value from quality_limit where name = 'name_likeness')
    union all
    select a.first_id, b.first_id, a.clinic_id, b.clinic_id, 'The same name, and no birth date that differs'
    from identity a
    join identity b on a.name = b.name and a.clinic_id = b.clinic_id and a.first_id > b.first_id
    where a.birth_date is null or b.birth_date is null
        or starts_with(a.birth_date, b.birth_date) or starts_with(b.birth_date, a.birth_date)
)

select patient_id, other_id, clinic_id, other_clinic_id, min(because) as because
from pair
group by patient_id, other_id, clinic_id, other_clinic_id
order by patient_id, other_id
