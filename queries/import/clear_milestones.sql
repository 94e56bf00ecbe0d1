-- question  What does each of the milestones say, and is it clear: sound, and of a known episode?
-- grain     row_id
-- after     import/define_cell
-- after     import/define_neat
-- after     import/define_moment_sound
-- after     import/open_raw_milestones
-- after     import/make_courses
-- source    Clear only where import/check_milestones finds no fault and nothing is stored that it could differ from
create or replace temp table clear_row as
with known as (
    select
        r.row_id, r.file_no, r.episode_id as episode_said, r."on" as said,
        moment_wall(r."on") as wall, moment_offset(r."on") as shift,
        c.turn, c.episode_id, c.zone, c.today, c.born_from, c.died_on,
        m.milestone, t.status, c.performed_on, r.reported_by,
        k.patient_id is null and m.milestone is not null and t.status is not null and neat(r.reported_by) as is_fitting
    from raw_milestones r
    left join course c on c.episode_id = r.episode_id
    left join (
        select distinct patient_id from milestone_event where patient_id in (select patient_id from person)
    ) k on k.patient_id = c.patient_id
    left join (select milestone, list(timeline_version) as versions from milestone group by milestone) m
        on m.milestone = r.milestone and (list_contains(m.versions, c.timeline_version) or c.timeline_version = 'none')
    left join milestone_status t on t.status = r.status
),

placed as (
    select *, moment_instant(said, wall, shift, zone) as instant
    from known
),

dated as (
    select *, moment_day(wall, shift, instant, zone) as day
    from placed
),

judged as (
    select
        *,
        coalesce(
            is_fitting and moment_sound(wall, shift, instant, day, zone, today, born_from, died_on)
            and not (status = 'achieved' and day < performed_on),
            false
        ) as is_clear
    from dated
)

select
    row_id, file_no, turn, is_clear,
    cast(null as varchar) as origin,
    cast(null as varchar) as patient_said,
    case when not is_clear then cell(episode_said) end as episode_said,
    hash(episode_id, milestone, day, instant) as key,
    episode_id, day, instant,
    milestone, status,
    nullif(reported_by, '') as reported_by
from judged
