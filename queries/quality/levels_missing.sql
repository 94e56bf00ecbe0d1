-- question  For which procedures is no treated level known?
-- grain     code, patient_id, clinic_id, fact_id, since_on, found
-- column    code        varchar  levels_missing, as in data/reference/quality_check.csv
-- column    patient_id  varchar  the patient; null where it is about a clinic
-- column    episode_id  varchar  the course, where it is about one
-- column    clinic_id   varchar  the clinic; null where the patient's is meant
-- column    found       varchar  what was found, in a plain sentence
-- column    since_on    date     the day that it is about
-- column    fact_id     varchar  the row that it is about, where it is one
-- missing   no row: nothing found
select
    'levels_missing' as code,
    patient_id,
    episode_id,
    null::varchar as clinic_id,
    format('Procedure on {}, and no level named.', strftime(performed_on, '%-d %b %Y')) as found,
    performed_on as since_on,
    null::varchar as fact_id
from episode_summary
where performed_on is not null and nullif(levels, '') is null
order by patient_id, clinic_id, since_on, fact_id, found
