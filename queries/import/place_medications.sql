-- question  In which course does a medicine fall that names only its patient: the last one begun by then, or the first from shortly before it?
-- grain     row_id
-- after     import/define_moment_fault
-- after     import/open_medications
-- after     import/make_courses
-- source    Course: from course_before_days before the first procedure, as for scores
create or replace temp table placed_medications as
with dated as (
    select s.row_id, s.patient_id, p.zone, moment_on(s.started_on, p.zone) as started_on
    from staged_medications s
    join person p using (patient_id)
    where s.episode_id is null
)

select
    d.row_id,
    coalesce(
        arg_max(c.episode_id, c.performed_on) filter (where c.performed_on <= d.started_on),
        arg_min(c.episode_id, c.performed_on) filter (
            where d.started_on >= c.performed_on - (
                select max(value)::integer from threshold where threshold = 'course_before_days'
            )
        )
    ) as episode_id
from dated d
left join course c using (patient_id)
group by d.row_id
