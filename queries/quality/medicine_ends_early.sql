-- question  Which medicines were stopped before they were started?
-- grain     code, patient_id, clinic_id, fact_id, since_on, found
-- column    code        varchar  medicine_ends_early, as in data/reference/quality_check.csv
-- column    patient_id  varchar  the patient; null where it is about a clinic
-- column    episode_id  varchar  the course, where it is about one
-- column    clinic_id   varchar  the clinic; null where the patient's is meant
-- column    found       varchar  what was found, in a plain sentence
-- column    since_on    date     the day that it is about
-- column    fact_id     varchar  the row that it is about, where it is one
-- missing   no row: nothing found
select
    'medicine_ends_early' as code,
    patient_id,
    episode_id,
    null::varchar as clinic_id,
    format('{} from {} to {}.', drug, strftime(started_on, '%-d %b %Y'), strftime(stopped_on, '%-d %b %Y')) as found,
    stopped_on as since_on,
    medication_id as fact_id
from medication
where retracted_at is null and stopped_on < started_on
order by patient_id, clinic_id, since_on, fact_id, found
