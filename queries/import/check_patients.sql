-- question  What does each patient row say, and what is wrong with it?
-- grain     row_id
-- param     replace  boolean  false  whether a different value supersedes the stored one
-- uses      import/span_by_patient as span
-- after     import/define_garbled
-- after     import/define_id_fault
-- after     import/define_birth_from
-- after     import/define_moment_fault
-- after     import/open_outcomes
-- after     import/open_patients
-- after     import/make_places
-- after     import/open_checks
-- source    A birth date may be a year or a year and a month; it is kept as given. A death is often learnt of late: of what is
-- source    stored, only what takes a living patient contradicts it, a score that was done or a procedure
-- source    Birth and death are compared as the rows of one patient say them together, which may each say only one of them
insert into checked
with known as (
    select
        s.*,
        coalesce(p.time_zone, g.time_zone) as zone,
        coalesce(p.today, g.today) as today,
        n.first_on,
        n.last_on,
        case lower(s.sex)
            when 'f' then 'female'
            when 'm' then 'male'
            when 'o' then 'other'
            when 'u' then 'unknown'
            else lower(s.sex)
        end as sex_word,
        birth_from(s.birth_date) as born_from,
        birth_from(o.birth_date) as stored_birth,
        moment_on(s.died_on, zone) as death,
        o.died_on as stored_death,
        moment_fault(s.died_on, zone, coalesce(p.today, g.today), null, null) as died_on_fault
    from staged_patients s
    left join patient o on o.patient_id = s.patient_id and o.retracted_at is null
    left join place p on p.clinic_id = coalesce(s.clinic, o.clinic_id)
    left join place g on g.clinic_id is null
    left join span n on n.patient_id = s.patient_id
    where s.row_id not in (select row_id from outcome)
),

told as (
    select
        patient_id,
        max(born_from) as told_birth,
        min(death) filter (where died_on_fault is null) as told_death
    from known
    group by patient_id
),

together as (
    select
        k.*,
        coalesce(born_from, if($replace, told_birth, null), stored_birth, told_birth) as any_birth,
        coalesce(death, if($replace, told_death, null), stored_death, told_death) as any_death
    from known k
    left join told t using (patient_id)
),

judged as (
    select *, case
        when id_fault(patient_id) is not null then ['patient_id', patient_id, id_fault(patient_id)]
        when clinic is null and origin is null then ['clinic', null, 'is empty: give the clinic that the patient belongs to']
        when clinic is not null and id_fault(clinic) is not null then ['clinic', clinic, id_fault(clinic)]
        when not regexp_full_match(birth_date, '[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?')
            then ['birth_date', birth_date, 'is not a date of birth that we read: write 1944, 1944-05 or 1944-05-17']
        when birth_date is not null and born_from is null then ['birth_date', birth_date, 'does not exist in the calendar: check day and month']
        when not regexp_matches(birth_date, '^(19|2)') then ['birth_date', birth_date, 'is before 1900: check the year']
        when born_from > today then ['birth_date', birth_date, 'lies in the future: today is ' || today || ' at the clinic']
        when first_on < born_from then ['birth_date', birth_date, 'lies after stored entries of this patient, the first of ' || first_on || ': check the date']
        when sex_word not in ('female', 'male', 'other', 'unknown')
            then ['sex', sex, 'is not known: write female, male, other or unknown']
        when garbled(given_name) is not null then ['given_name', given_name, garbled(given_name)]
        when garbled(family_name) is not null then ['family_name', family_name, garbled(family_name)]
        when died_on is not null and died_on_fault is not null then ['died_on', died_on, died_on_fault]
        when any_death < any_birth and coalesce(died_on, birth_date) is not null then case
            when died_on is null then ['birth_date', birth_date, 'lies after the patient''s death: check both dates']
            else ['died_on', died_on, 'lies before the patient''s birth: check both dates']
        end
        when death < last_on
            then ['died_on', died_on, 'lies before a stored score or procedure of this patient, the last of ' || last_on || ': check the date']
    end as fault
    from together
)

select
    row_id, file_no, line, origin, false, patient_id, null, patient_id,
    [birth_date, sex_word, clinic, given_name, family_name, phone, cast(death as varchar)],
    fault[1], fault[2], fault[3]
from judged
