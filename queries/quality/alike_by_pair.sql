-- question  Which two patients may be one: the same birth date and a like name, or the same name and no birth date that differs?
-- grain     patient_id, other_id
-- column    patient_id       varchar  the patient whose id is the later one
-- column    other_id         varchar  the other one
-- column    clinic_id        varchar  the patient's clinic
-- column    other_clinic_id  varchar  the other one's
-- column    because          varchar  what is alike
-- missing   no row: none are; who has no name is never compared
-- source    quality_limit name_likeness; names that differ in their digits are never alike
with named as (
    select
        patient_id, clinic_id, birth_date,
        nullif(lower(strip_accents(trim(concat_ws(' ', given_name, family_name)))), '') as name,
        regexp_replace(concat_ws(' ', given_name, family_name), '[^0-9]', '', 'g') as digits
    from patient
    where retracted_at is null
),

pair as (
    select a.patient_id, b.patient_id as other_id, a.clinic_id, b.clinic_id as other_clinic_id,
        'The same birth date and a like name' as because
    from named a
    join named b on a.birth_date = b.birth_date and a.digits = b.digits and a.patient_id > b.patient_id
    where try_cast(a.birth_date as date) is not null
        and jaro_winkler_similarity(a.name, b.name) >= (select value from quality_limit where name = 'name_likeness')
    union all
    select a.patient_id, b.patient_id, a.clinic_id, b.clinic_id,
        'The same name at the same clinic, and no birth date that differs'
    from named a
    join named b on a.name = b.name and a.clinic_id = b.clinic_id and a.patient_id > b.patient_id
    where a.birth_date is null or b.birth_date is null
        or starts_with(a.birth_date, b.birth_date) or starts_with(b.birth_date, a.birth_date)
)

select patient_id, other_id, clinic_id, other_clinic_id, min(because) as because
from pair
group by patient_id, other_id, clinic_id, other_clinic_id
order by patient_id, other_id
