-- question  Make the summary of the touched patients' courses from the facts.
-- grain     episode_id
-- uses      summary/course_by_id as course
-- uses      summary/daily_value_by_course as daily
-- uses      summary/baseline_by_course as baseline
-- uses      summary/happening_by_course as happening
-- uses      summary/contact_by_course as contact
insert into episode_summary
select
    c.episode_id,
    c.episode_key,
    c.patient_id,
    c.clinic_id,
    c.surgeon,
    c.pathway,
    c.timeline_version,
    c.performed_on,
    c.performed_at,
    c.fracture_on,
    h.levels,
    c.died_on,
    list_min([v.happened_on for v in h.events if v.kind = 'withdrew']),
    c.next_performed_on,
    c.primary_instrument,
    b.baseline,
    b.baseline_on,
    b.baseline_score_id,
    k.first_score_on,
    k.last_score_on,
    coalesce(d.daily_values, []),
    coalesce(h.milestones, []),
    coalesce(h.events, []),
    coalesce(h.medications, []),
    coalesce(k.contact_on, []),
    md5_number_lower(c.episode_key),
    c.age
from course c
left join daily d using (episode_id)
left join baseline b using (episode_id)
left join happening h using (episode_id)
left join contact k using (episode_id)
order by c.patient_id, c.performed_on
