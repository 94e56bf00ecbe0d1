-- question  Which patients of two clinics may be one person?
-- grain     code, patient_id, clinic_id, fact_id, since_on, found
-- param     clinics  varchar[]  null  the clinics that may be seen, or null for all
-- uses      quality/alike_by_pair as alike
-- column    code        varchar  two_clinics, as in data/reference/quality_check.csv
-- column    patient_id  varchar  the patient; null where it is about a clinic
-- column    episode_id  varchar  the course, where it is about one
-- column    clinic_id   varchar  the clinic; null where the patient's is meant
-- column    found       varchar  what was found, in a plain sentence
-- column    since_on    date     the day that it is about
-- column    fact_id     varchar  the row that it is about, where it is one
-- missing   no row: nothing found
select
    'two_clinics' as code,
    a.patient_id,
    null::varchar as episode_id,
    null::varchar as clinic_id,
    format('{} as patient {} (another clinic).', a.because, a.other_id) as found,
    null::date as since_on,
    a.other_id as fact_id
from alike a
where a.clinic_id <> a.other_clinic_id
order by patient_id, clinic_id, since_on, fact_id, found
