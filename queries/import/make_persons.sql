-- question  What must be known of each patient to check an entry: zone, today, earliest birth, death?
-- grain     patient_id
-- param     clinics  varchar[]  null  the clinics whose patients may be brought in, or null for all
-- after     import/define_birth_from
-- after     import/make_places
create or replace temp table person as
select
    p.patient_id,
    cast(row_number() over (order by p.patient_id) as integer) as turn,
    birth_from(p.birth_date) as born_from,
    least(p.died_on, (
        select min(e.happened_on)
        from event e
        where e.patient_id = p.patient_id and e.retracted_at is null and e.kind = 'died'
    )) as died_on,
    c.time_zone as zone,
    c.today
from patient p
join place c using (clinic_id)
where p.retracted_at is null and ($clinics::varchar[] is null or list_contains($clinics::varchar[], p.clinic_id))
