-- question  What did each chosen procedure's patient answer at each planned visit that is over, of those due?
-- grain     number, place
-- param     as_of       date     2026-11-23  which day is today, for the clinic
-- param     instrument  varchar  nrs_back    the instrument asked about
-- uses      compare/visit_by_place as stop
-- uses      compare/asked_by_clinic as asked
-- frame     chosen  number integer, episode_id varchar
-- column    number  integer  the procedure, as numbered in the frame
-- column    place   integer  the visit
-- column    value   double   the score nearest to the planned day, earlier on ties; of the baseline the last before
-- missing   no row: not due, as dead, withdrawn, planned after the next procedure, its window not over, or never asked at that clinic; value is null: due, and nothing came
-- source    As followup/state_by_visit, for any instrument and only where the window is over: an open one holds early answers alone
with course as (
    select
        c.number, s.episode_id, s.patient_id, s.clinic_id, s.timeline_version, s.performed_on, s.performed_at,
        s.died_on, s.withdrew_on, s.baseline,
        case when s.next_performed_on <= $as_of::date then s.next_performed_on end as later_on,
        s.primary_instrument is not distinct from $instrument as is_primary
    from chosen c
    join episode_summary s on s.episode_id = c.episode_id
    where s.performed_on <= $as_of::date
),

planned as (
    select
        c.number, c.died_on, c.withdrew_on, c.later_on, t.place, c.performed_on + w.target_day as target_on,
        least(c.performed_on + w.to_day, c.later_on - 1) as closes_on
    from course c
    join visit_window w on w.timeline_version = c.timeline_version and w.preset = 'strict'
    join stop t on t.visit = w.visit
    left join asked k on k.clinic_id = c.clinic_id and k.visit = w.visit
    where $as_of::date > closes_on and (c.is_primary or k.visit is not null)
),

reach as (
    select w.timeline_version, t.place, unnest(range(w.from_day, w.to_day + 1))::integer as day,
        2 * abs(day - w.target_day) + (day > w.target_day)::integer as off
    from visit_window w
    join stop t on t.visit = w.visit
    where w.preset = 'strict' and w.visit <> 'baseline'
),

given as (
    select number, timeline_version, one.day as day, one.value as value
    from (
        select c.number, c.timeline_version, unnest(s.daily_values) as one
        from course c
        join episode_summary s on s.episode_id = c.episode_id and c.is_primary
    )
    where one.taken_on <= $as_of::date
    union all
    select c.number, any_value(c.timeline_version), (s.taken_on - c.performed_on)::integer,
        last(s.value order by s.taken_at nulls first, s.score_id)
    from course c
    join score s on s.episode_id = c.episode_id and s.instrument = $instrument and s.status = 'done'
    where not c.is_primary and s.retracted_at is null and s.taken_on between c.performed_on and $as_of::date
        and coalesce(s.taken_on > c.performed_on or s.taken_at >= c.performed_at, true)
        and (s.taken_on > c.performed_on or s.context is distinct from 'before')
    group by c.number, s.taken_on - c.performed_on
),

early as (
    select c.number, c.baseline as value
    from course c
    where c.is_primary and c.baseline is not null
    union all
    select c.number, last(s.value order by s.taken_on, s.taken_at nulls first, s.score_id)
    from course c
    join visit_window w on w.timeline_version = c.timeline_version and w.preset = 'strict' and w.visit = 'baseline'
    join score s on s.patient_id = c.patient_id and s.instrument = $instrument and s.status = 'done'
    where not c.is_primary and s.retracted_at is null
        and s.taken_on between c.performed_on + w.from_day and c.performed_on
        and (s.taken_on < c.performed_on or coalesce(s.taken_at < c.performed_at, false) or s.context = 'before')
    group by c.number
),

answer as (
    select g.number, r.place, arg_min(g.value, r.off) as value
    from given g
    join reach r on r.timeline_version = g.timeline_version and r.day = g.day
    group by g.number, r.place
    union all
    select number, (select place from stop where visit = 'baseline'), value from early
)

select p.number, p.place, a.value
from planned p
left join answer a on a.number = p.number and a.place = p.place
where a.value is not null
    or coalesce(p.target_on < p.later_on, true)
    and coalesce(least(p.died_on, p.withdrew_on) > p.closes_on, true)
order by p.number, p.place
