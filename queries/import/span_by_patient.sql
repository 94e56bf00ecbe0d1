-- question  From when to when do stored entries speak of each patient whose birth or death is brought in?
-- grain     patient_id
-- after     import/open_patients
-- column    patient_id  varchar  the patient
-- column    first_on    date     of every entry
-- column    last_on     date     of what takes a living patient: a score that was done, or a procedure
-- missing   no row: nothing is stored; last_on null: nothing that takes a living patient
with entry as (
    select patient_id, min(taken_on) as first_on, max(taken_on) filter (where status = 'done') as last_on
    from score
    where retracted_at is null
    group by all
    union all select patient_id, performed_on, performed_on from episode where retracted_at is null
    union all select patient_id, happened_on, null from milestone_event where retracted_at is null
    union all select patient_id, written_on, null from note where retracted_at is null
    union all select patient_id, happened_on, null from event where retracted_at is null
    union all select patient_id, started_on, null from medication where retracted_at is null
)

select patient_id, min(first_on) as first_on, max(last_on) as last_on
from entry
where patient_id in (select patient_id from staged_patients where birth_date is not null or died_on is not null)
group by patient_id
order by patient_id
