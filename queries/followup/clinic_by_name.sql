-- question  By which clinics can the follow-ups be filtered?
-- grain     clinic_id
-- param     clinics  varchar[]  null  the clinics that may be seen, or null for all
-- column    clinic_id  varchar  the clinic
-- column    name       varchar  its name
-- missing   no row: no clinic has an episode
select
    s.clinic_id,
    coalesce(any_value(c.name), s.clinic_id) as name
from (
    select distinct clinic_id
    from episode_summary
    where performed_on is not null and ($clinics::varchar[] is null or list_contains($clinics::varchar[], clinic_id))
) s
left join clinic c on c.clinic_id = s.clinic_id and c.retracted_at is null
group by s.clinic_id
order by name, s.clinic_id
