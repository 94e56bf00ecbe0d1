-- question  In which course does each score of the touched patients fall?
-- grain     score_id
-- after     summary/touched_all
-- source    Course: from course_before_days before the first procedure; a score before a later procedure stays in the earlier course
with reach as (
    select max(value)::integer as days
    from threshold
    where threshold = 'course_before_days'
),

ordered as (
    select
        patient_id,
        episode_id,
        performed_on,
        performed_at,
        row_number() over (
            partition by patient_id
            order by performed_on, performed_at nulls last, episode_id
        ) as position
    from episode
    where retracted_at is null and patient_id in (select patient_id from touched)
),

compared as (
    select
        s.score_id,
        s.episode_id as stands_in,
        e.episode_id,
        e.position,
        s.taken_on < e.performed_on
            or s.taken_on = e.performed_on
            and (coalesce(s.taken_at < e.performed_at, false) or coalesce(s.context, '') = 'before') as is_before,
        s.taken_on >= e.performed_on - (select days from reach) as is_near
    from score s
    left join ordered e using (patient_id)
    where s.retracted_at is null and s.patient_id in (select patient_id from touched)
),

placed as (
    select
        score_id,
        stands_in,
        coalesce(
            arg_max(episode_id, position) filter (where not is_before),
            any_value(episode_id) filter (where position = 1 and is_before and is_near)
        ) as falls_in
    from compared
    group by score_id, stands_in
)

update score
set episode_id = placed.falls_in
from placed
where score.patient_id in (select patient_id from touched)
    and score.score_id = placed.score_id
    and placed.falls_in is distinct from placed.stands_in
