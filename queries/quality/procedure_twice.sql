-- question  Which patients have two procedures on one day?
-- grain     code, patient_id, clinic_id, fact_id, since_on, found
-- column    code        varchar  procedure_twice, as in data/reference/quality_check.csv
-- column    patient_id  varchar  the patient; null where it is about a clinic
-- column    episode_id  varchar  the course, where it is about one
-- column    clinic_id   varchar  the clinic; null where the patient's is meant
-- column    found       varchar  what was found, in a plain sentence
-- column    since_on    date     the day that it is about
-- column    fact_id     varchar  the row that it is about, where it is one
-- missing   no row: nothing found
select
    'procedure_twice' as code,
    patient_id,
    max(episode_id) as episode_id,
    null::varchar as clinic_id,
    format('{} procedures on {}.', count(*), strftime(performed_on, '%-d %b %Y')) as found,
    performed_on as since_on,
    max(episode_row_id) as fact_id
from episode
where retracted_at is null
group by patient_id, performed_on
having count(*) > 1
order by patient_id, clinic_id, since_on, fact_id, found
