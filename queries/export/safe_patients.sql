-- question  Who is in a de-identified export?
-- grain     patient
-- after     export/draw_patients
-- after     export/draw_keys
-- after     export/draw_surgeons
-- column    patient  varchar  a random id
-- column    clinic  varchar  a random name of the clinic
-- column    sex  varchar  as recorded
-- column    age_group  varchar  ten years; over 89 together
-- column    died_on  date  shifted
-- missing   no row: nothing is stored; null: an empty cell
select
    k.patient,
    k.clinic,
    k.sex,
    k.age_group,
    p.died_on - k.back as died_on
from patient p
join patient_drawn k using (patient_id)
where p.retracted_at is null
order by k.patient
