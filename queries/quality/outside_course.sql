-- question  Which scores of patients with a procedure belong to no course?
-- grain     code, patient_id, clinic_id, fact_id, since_on, found
-- column    code        varchar  outside_course, as in data/reference/quality_check.csv
-- column    patient_id  varchar  the patient; null where it is about a clinic
-- column    episode_id  varchar  the course, where it is about one
-- column    clinic_id   varchar  the clinic; null where the patient's is meant
-- column    found       varchar  what was found, in a plain sentence
-- column    since_on    date     the day that it is about
-- column    fact_id     varchar  the row that it is about, where it is one
-- missing   no row: nothing found
-- source    Threshold course_before_days
select
    'outside_course' as code,
    s.patient_id,
    null::varchar as episode_id,
    null::varchar as clinic_id,
    format(
        '{} of {} on {}, {} days before the procedure.', coalesce(i.short_label, s.instrument),
        coalesce(printf('%g', s.value), s.status), strftime(s.taken_on, '%-d %b %Y'), e.performed_on - s.taken_on
    ) as found,
    s.taken_on as since_on,
    s.score_id as fact_id
from score s
join (
    select patient_id, min(performed_on) as performed_on from episode where retracted_at is null group by patient_id
) e using (patient_id)
left join instrument i using (instrument)
where s.retracted_at is null and s.episode_id is null
order by patient_id, clinic_id, since_on, fact_id, found
