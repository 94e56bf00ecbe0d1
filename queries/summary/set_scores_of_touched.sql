-- question  Make anew what scores say in the summary of the touched patients' courses, to which some were added; all else in it stays.
-- grain     episode_id
-- uses      summary/daily_value_by_course as daily
-- uses      summary/baseline_by_course as baseline
-- instead   summary/course_kept as course
-- source    For scores that were added and nothing else: all other facts are as they were, and no day of contact is gone
with heard as (
    select
        coalesce(s.episode_id, c.episode_id) as episode_id,
        list(distinct s.taken_on) as taken_on,
        min(s.taken_on) as first_score_on,
        max(s.taken_on) as last_score_on
    from score s
    join course c on c.patient_id = s.patient_id and (c.episode_id = s.episode_id or c.performed_on is null)
    where s.retracted_at is null
    group by all
)

update episode_summary
set
    baseline = told.baseline,
    baseline_on = told.baseline_on,
    baseline_score_id = told.baseline_score_id,
    first_score_on = told.first_score_on,
    last_score_on = told.last_score_on,
    daily_values = told.daily_values,
    contact_on = list_sort(list_distinct(list_concat(contact_on, told.taken_on)))
from (
    select
        h.*,
        b.* exclude (episode_id),
        coalesce(d.daily_values, []) as daily_values
    from heard h
    left join daily d using (episode_id)
    left join baseline b using (episode_id)
) told
where told.episode_id = episode_summary.episode_id
