-- question  Which visit windows have closed without an answer?
-- grain     code, patient_id, clinic_id, fact_id, since_on, found
-- param     as_of  date  2026-11-23  which day is today, for the clinic
-- param     episode_id  varchar  null  one episode, or null for all
-- param     clinics  varchar[]  null  the clinics that may be seen, or null for all
-- uses      followup/state_by_visit as visit_state_row
-- column    code        varchar  window_empty, as in data/reference/quality_check.csv
-- column    patient_id  varchar  the patient; null where it is about a clinic
-- column    episode_id  varchar  the course, where it is about one
-- column    clinic_id   varchar  the clinic; null where the patient's is meant
-- column    found       varchar  what was found, in a plain sentence
-- column    since_on    date     the day that it is about
-- column    fact_id     varchar  the row that it is about, where it is one
-- missing   no row: nothing found
-- source    Follow-up states; the baseline has a check of its own
select
    'window_empty' as code,
    patient_id,
    episode_id,
    null::varchar as clinic_id,
    format(
        '{} was planned for {} and closed on {} with nothing in it.', label, strftime(target_on, '%-d %b %Y'),
        strftime(closes_on, '%-d %b %Y')
    ) as found,
    closes_on as since_on,
    null::varchar as fact_id
from visit_state_row
where state = 'missed' and target_day > 0
order by patient_id, clinic_id, since_on, fact_id, found
