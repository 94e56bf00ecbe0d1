-- question  Which patients are there, as an import takes them?
-- grain     patient_id
-- column    patient_id  varchar  the clinic's id
-- column    birth_date  varchar  as far as it is known
-- column    sex  varchar  as recorded
-- column    clinic  varchar  the clinic
-- column    given_name  varchar  first name
-- column    family_name  varchar  last name
-- column    phone  varchar  telephone
-- column    died_on  date  day of death
-- missing   no row: nothing is stored; null: an empty cell
select
    patient_id,
    birth_date,
    sex,
    clinic_id as clinic,
    given_name,
    family_name,
    phone,
    died_on
from patient
where retracted_at is null
order by patient_id
