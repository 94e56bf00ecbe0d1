-- question  Which scores of a course were taken before the fracture that it is about?
-- grain     code, patient_id, clinic_id, fact_id, since_on, found
-- column    code        varchar  before_fracture, as in data/reference/quality_check.csv
-- column    patient_id  varchar  the patient; null where it is about a clinic
-- column    episode_id  varchar  the course, where it is about one
-- column    clinic_id   varchar  the clinic; null where the patient's is meant
-- column    found       varchar  what was found, in a plain sentence
-- column    since_on    date     the day that it is about
-- column    fact_id     varchar  the row that it is about, where it is one
-- missing   no row: nothing found
-- source    Only scores that count for the course: those of an earlier time are outside it
select
    'before_fracture' as code,
    s.patient_id,
    s.episode_id,
    null::varchar as clinic_id,
    format(
        '{} of {} on {}, the fracture on {}.', coalesce(i.short_label, s.instrument), printf('%g', s.value),
        strftime(s.taken_on, '%-d %b %Y'), strftime(e.fracture_on, '%-d %b %Y')
    ) as found,
    s.taken_on as since_on,
    s.score_id as fact_id
from score s
join episode_summary e on e.episode_id = s.episode_id and s.taken_on < e.fracture_on
left join instrument i using (instrument)
where s.retracted_at is null and s.status = 'done' and e.fracture_on <= e.performed_on
order by patient_id, clinic_id, since_on, fact_id, found
