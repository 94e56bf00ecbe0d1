-- question  To whom can a flag be assigned: surgeons of this store, and whoever had one before?
-- grain     owner
-- param     clinics  varchar[]  null  the clinics that may be seen, or null for all
-- column    owner  varchar  as given
-- missing   no row: nobody yet; any name can be given
select distinct owner
from (
    select surgeon as owner
    from episode_summary
    where ($clinics::varchar[] is null or list_contains($clinics::varchar[], clinic_id))
    union all
    select a.owner
    from flag_action a
    join patient p on p.patient_id = a.patient_id and p.retracted_at is null
    where a.retracted_at is null and ($clinics::varchar[] is null or list_contains($clinics::varchar[], p.clinic_id))
)
where owner is not null
order by owner
