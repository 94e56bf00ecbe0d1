-- question  What does each of the medications say, and is it clear: sound, and of a known episode?
-- grain     row_id
-- after     import/define_cell
-- after     import/define_neat
-- after     import/define_truth
-- after     import/define_number_of
-- after     import/define_moment_sound
-- after     import/open_raw_medications
-- after     import/make_courses
-- source    Clear only where import/check_medications finds no fault and nothing is stored that it could differ from
create or replace temp table clear_row as
with known as (
    select
        r.row_id, r.file_no, r.patient_id as patient_said, r.episode_id as episode_said,
        r.started_on as start_said, moment_wall(r.started_on) as wall, moment_offset(r.started_on) as shift,
        nullif(r.stopped_on, '') as stop_said, moment_wall(r.stopped_on) as end_wall,
        moment_offset(r.stopped_on) as end_shift,
        c.turn, c.episode_id, c.zone, c.today, c.born_from, c.died_on,
        lower(r.drug) as drug, nullif(r.dose, '') as dose_said, number_of(r.dose) as dose,
        nullif(r.unit, '') as unit, nullif(r.opioid, '') as opioid_said, truth(r.opioid) as opioid,
        k.patient_id is null and r.origin is null and nullif(r.patient_id, '') is null
            and r.drug <> '' and neat(r.drug) and neat(r.unit) as is_fitting
    from raw_medications r
    left join course c on c.episode_id = r.episode_id
    left join (
        select distinct patient_id from medication where patient_id in (select patient_id from person)
    ) k on k.patient_id = c.patient_id
),

placed as (
    select
        *,
        moment_instant(start_said, wall, shift, zone) as instant,
        moment_instant(stop_said, end_wall, end_shift, zone) as end_instant
    from known
),

dated as (
    select
        *,
        moment_day(wall, shift, instant, zone) as day,
        moment_day(end_wall, end_shift, end_instant, zone) as end_day
    from placed
),

judged as (
    select
        *,
        coalesce(
            is_fitting and moment_sound(wall, shift, instant, day, zone, today, born_from, died_on)
            and (
                stop_said is null
                or end_day >= day
                    and moment_sound(end_wall, end_shift, end_instant, end_day, zone, today, born_from, died_on)
            )
            and (dose_said is null or dose >= 0)
            and (opioid_said is null or opioid is not null),
            false
        ) as is_clear
    from dated
)

select
    row_id, file_no, turn, is_clear,
    cast(null as varchar) as origin,
    case when not is_clear then cell(patient_said) end as patient_said,
    case when not is_clear then cell(episode_said) end as episode_said,
    hash(episode_id, drug, day) as key,
    episode_id, drug, day, end_day, dose, unit, opioid
from judged
