-- question  What does each score row say, and is it clear: sound, of a known patient, and of no resource that was withdrawn?
-- grain     row_id
-- after     import/define_cell
-- after     import/define_neat
-- after     import/define_number_of
-- after     import/define_moment_sound
-- after     import/open_raw_scores
-- after     import/open_withdrawals
-- after     import/make_persons
-- after     import/make_courses
-- source    Clear only where import/check_scores finds no fault and nothing is stored that it could differ from; in
-- source    which course it falls, as in summary/assign_scores, where the patient has but one
create or replace temp table clear_row as
with single as (
    select turn, any_value(episode_id) as episode_id, any_value(performed_on) as performed_on,
        any_value(performed_at) as performed_at
    from course
    group by turn having count(*) = 1
),

known as (
    select
        r.row_id, r.file_no, r.patient_id as patient_said, r.episode_id as episode_said, r.origin,
        r.taken_at, moment_wall(r.taken_at) as wall, moment_offset(r.taken_at) as shift,
        nullif(r.value, '') as value, number_of(r.value) as number, r.context, r.recorded_by,
        p.turn, p.zone, p.today, p.born_from, p.died_on,
        i.instrument, i.minimum, i.maximum, i.is_integer,
        t.status, t.has_value,
        s.episode_id, s.performed_on, s.performed_at,
        (nullif(r.episode_id, '') is null or c.turn = p.turn)
            and k.patient_id is null and nullif(r.items, '') is null
            and i.instrument is not null and t.status is not null
            and (nullif(r.unit, '') is null or u.alias is not null)
            and (r.origin is null or w.origin is null and f.source is null)
            and neat(r.context) and neat(r.recorded_by) as is_fitting
    from raw_scores r
    left join course c on c.episode_id = r.episode_id
    left join person p on p.patient_id = coalesce(nullif(r.patient_id, ''), c.patient_id)
    left join single s on s.turn = p.turn
    left join (from score select distinct patient_id where patient_id in (from person select patient_id)) k
        on k.patient_id = p.patient_id
    left join (from score select distinct source where source in (from raw_scores select origin)) f
        on f.source = r.origin
    left join (select distinct origin from staged_withdrawals) w on w.origin = split_part(r.origin, '#', 1)
    left join instrument i on i.instrument = r.instrument
    left join score_status t on t.status = coalesce(nullif(r.status, ''), 'done')
    left join (select distinct unit, alias from unit_alias) u on u.unit = i.unit and u.alias = lower(r.unit)
),

placed as (
    select *, moment_instant(taken_at, wall, shift, zone) as instant
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
            and case
                when has_value
                then coalesce(number >= minimum, number is not null) and coalesce(number <= maximum, true)
                    and not (is_integer and number <> floor(number))
                else value is null
            end,
            false
        ) as is_clear,
        day < performed_on or day = performed_on and (coalesce(instant < performed_at, false) or lower(context) = 'before')
            as is_before
    from dated
)

select
    row_id, file_no, turn, is_clear, origin,
    case when not is_clear then cell(patient_said) end as patient_said,
    case when not is_clear then cell(episode_said) end as episode_said,
    hash(instrument, day, instant) as key,
    instrument, day, instant, status,
    case when has_value then number end as value,
    nullif(lower(context), '') as context,
    nullif(recorded_by, '') as recorded_by,
    case
        when not coalesce(is_before, false)
            or day >= performed_on - (select max(value)::integer from threshold where threshold = 'course_before_days')
        then episode_id
    end as episode_id
from judged
