-- question  In which one state is each planned visit of each episode as of a date, the baseline too?
-- grain     episode_id, visit
-- param     as_of       date     2026-11-23  which day is today, for the clinic
-- param     episode_id  varchar  null        one episode, or null for all
-- param     clinics  varchar[]  null  the clinics that may be seen, or null for all
-- uses      followup/baseline_by_episode as early
-- column    episode_id   varchar  the episode
-- column    visit        varchar  the visit, in the strict windows
-- column    label        varchar  in words
-- column    target_day   integer  planned day after the procedure
-- column    patient_id   varchar  the patient
-- column    clinic_id    varchar  the patient's clinic
-- column    opens_on     date     first day of the window
-- column    target_on    date     the planned day
-- column    closes_on    date     last day of the window: at most the day before the next procedure
-- column    state        varchar  one of data/reference/visit_state.csv
-- column    received_on  date     the score nearest to the planned day, earlier on ties; of the baseline the last
-- column    value        double   that score, in the instrument's unit
-- column    can_answer   boolean  the window is open today, and an answer would fill it
-- missing   no row before any procedure, nor for a visit handed over: planned on or after the next procedure, with nothing received
-- source    Received goes before all; who died or left by the window's end is never missed; not due up to the planned day
with planned as (
    select
        s.episode_id, s.patient_id, s.clinic_id, s.performed_on, s.died_on, s.withdrew_on,
        w.visit, w.label, w.target_day, w.from_day, w.to_day,
        case when s.next_performed_on <= $as_of::date then s.next_performed_on end as later_on,
        s.baseline_on, s.baseline,
        list_min([
            {
                'far': 2 * abs(d.day - w.target_day) + (d.day > w.target_day)::integer,
                'taken_on': d.taken_on, 'value': d.value
            }
            for d in s.daily_values
            if d.day between w.from_day and w.to_day and d.taken_on <= $as_of::date
        ]) as nearest
    from episode_summary s
    join visit_window w on w.timeline_version = s.timeline_version and w.preset = 'strict'
    where s.performed_on is not null and ($episode_id is null or s.episode_id = $episode_id)
        and ($clinics::varchar[] is null or list_contains($clinics::varchar[], s.clinic_id))
),

placed as (
    select
        p.*,
        p.performed_on + p.target_day as target_on,
        least(p.performed_on + p.to_day, p.later_on - 1) as closes_on,
        case
            when p.visit <> 'baseline' then {'taken_on': p.nearest.taken_on, 'value': p.nearest.value}
            when p.performed_on > $as_of::date then {'taken_on': e.taken_on, 'value': e.value}
            when p.baseline_on >= p.performed_on + p.from_day then {'taken_on': p.baseline_on, 'value': p.baseline}
        end as answer
    from planned p
    left join early e using (episode_id)
)

select
    episode_id, visit, label, target_day, patient_id, clinic_id,
    performed_on + from_day as opens_on, target_on, closes_on,
    case
        when answer.taken_on is not null then 'received'
        when died_on <= least(closes_on, $as_of::date) and coalesce(died_on <= withdrew_on, true) then 'dead'
        when withdrew_on <= least(closes_on, $as_of::date) then 'withdrew'
        when $as_of::date > closes_on then 'missed'
        when $as_of::date > target_on then 'late'
        else 'not_due'
    end as state,
    answer.taken_on as received_on,
    answer.value as value,
    state in ('late', 'not_due') and performed_on + from_day <= $as_of::date
        and (to_day > 0 or performed_on > $as_of::date) as can_answer
from placed
where answer.taken_on is not null or coalesce(target_on < later_on, true)
order by episode_id, target_day
