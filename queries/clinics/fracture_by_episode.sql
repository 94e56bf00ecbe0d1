-- question  How long was each course followed for a new fracture, and what ended that?
-- grain     episode_id
-- param     as_of    date       2026-11-23  which day is today, for the clinic
-- param     clinics  varchar[]  null        the clinics that may be seen, or null for all
-- column    episode_id  varchar  the episode
-- column    clinic_id   varchar  the patient's clinic
-- column    clinic      varchar  its name
-- column    days        bigint   days from the procedure to that end
-- column    outcome     integer  1 a new fracture, 2 died, 0 followed so far, left, or treated again at the same levels
-- missing   no row before any procedure
-- source    The first new fracture after the procedure counts: one recorded, or a later procedure at a level that this one did not treat (the pain of an untreated level is a new fracture until shown otherwise). Followed up to comparison_value.csv (fracture_years)
with course as (
    select
        s.episode_id, s.patient_id, s.clinic_id, s.performed_on, s.died_on, s.withdrew_on,
        s.performed_on + (365.25 * y.value)::integer as last_on,
        case when s.next_performed_on <= $as_of::date then s.next_performed_on end as later_on,
        list_min([
            e.happened_on for e in s.events
            if e.kind = 'new_fracture' and e.happened_on > s.performed_on and e.happened_on <= $as_of::date
        ]) as recorded_on,
        coalesce(string_split(s.levels, ';'), []) as levels
    from episode_summary s
    join comparison_value y on y.name = 'fracture_years'
    where s.performed_on <= $as_of::date
        and ($clinics::varchar[] is null or list_contains($clinics::varchar[], s.clinic_id))
),

later as (
    select c.episode_id, bool_or(len(c.levels) > 0 and not list_has_all(c.levels, string_split(n.levels, ';'))) as is_new
    from course c
    join episode_summary n on n.patient_id = c.patient_id and n.performed_on = c.later_on
    group by c.episode_id
),

ended as (
    select
        c.*,
        least(c.recorded_on, case when l.is_new then c.later_on end) as broken_on,
        least($as_of::date, c.last_on, c.later_on, c.withdrew_on, c.died_on) as end_on
    from course c
    left join later l using (episode_id)
)

select
    e.episode_id,
    e.clinic_id,
    coalesce(c.name, e.clinic_id) as clinic,
    greatest(least(e.end_on, e.broken_on) - e.performed_on, 0) as days,
    case
        when e.broken_on <= e.end_on then 1
        when e.died_on = e.end_on then 2
        else 0
    end::integer as outcome
from ended e
left join clinic c on c.clinic_id = e.clinic_id and c.retracted_at is null
order by clinic, e.clinic_id, e.episode_id
