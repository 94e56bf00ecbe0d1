-- question  Make anew what scores say in the summary of the touched patients' courses; all else in it stays.
-- grain     episode_id
-- uses      summary/course_by_id as course
-- uses      summary/daily_value_by_course as daily
-- uses      summary/baseline_by_course as baseline
-- uses      summary/contact_by_course as contact
-- source    For an entry of scores alone: procedures, milestones, events and medicines are as they were
update episode_summary
set
    baseline = told.baseline,
    baseline_on = told.baseline_on,
    baseline_score_id = told.baseline_score_id,
    first_score_on = told.first_score_on,
    last_score_on = told.last_score_on,
    daily_values = told.daily_values,
    contact_on = told.contact_on
from (
    select
        c.episode_id,
        b.baseline,
        b.baseline_on,
        b.baseline_score_id,
        k.first_score_on,
        k.last_score_on,
        coalesce(d.daily_values, []) as daily_values,
        coalesce(k.contact_on, []) as contact_on
    from course c
    left join daily d using (episode_id)
    left join baseline b using (episode_id)
    left join contact k using (episode_id)
) told
where told.episode_id = episode_summary.episode_id
