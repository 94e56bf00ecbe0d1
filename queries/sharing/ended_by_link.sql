-- question  Which links have come to the end of their time without that being on record?
-- grain     link_id
-- param     now  timestamp  2026-12-05 08:00:00  UTC
-- column    link_id    varchar  the link
-- column    clinic_id  varchar  the patient's clinic now; null where the patient isn't there any more
-- missing   no row: none
select
    l.link_id,
    p.clinic_id
from share_link l
left join patient p on p.patient_id = l.patient_id and p.retracted_at is null
where l.expires_at <= $now and l.revoked_at is null and l.ended_noted_at is null
order by l.link_id
