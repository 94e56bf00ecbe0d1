-- question  How many scores of pain without a site does each clinic have, and of how many of its patients?
-- grain     clinic_id
-- param     clinics  varchar[]  null  the clinics that may be seen, or null for all
-- column    clinic_id         varchar  the clinic
-- column    scores            bigint   scores of pain without a site
-- column    patients          bigint   patients with such a score
-- column    patients_in_all   bigint   patients of the clinic
-- missing   no row: the clinic has no patient
-- source    nrs_pain is what a clinic may declare to be back pain (clinic.pain_is_back_pain)
select
    p.clinic_id,
    count(s.score_id) as scores,
    count(distinct s.patient_id) as patients,
    count(distinct p.patient_id) as patients_in_all
from patient p
left join score s on s.patient_id = p.patient_id and s.instrument = 'nrs_pain' and s.retracted_at is null
where p.retracted_at is null
    and ($clinics::varchar[] is null or list_contains($clinics::varchar[], p.clinic_id))
group by p.clinic_id
order by p.clinic_id
