-- question  Which answers can still be had as of a date, what came of the calls, and how thin is each visit's group?
-- grain     patient_id
-- param     as_of       date     2026-11-23  which day is today, for the clinic
-- param     episode_id  varchar  null        one episode, or null for all
-- param     clinics  varchar[]  null  the clinics that may be seen, or null for all
-- uses      followup/state_by_visit as visit_state_row
-- uses      followup/attempt_by_visit as attempt
-- uses      followup/reach_by_patient as reach
-- column    patient_id       varchar  the patient, once: the latest visit whose window is open
-- column    episode_id       varchar  the episode
-- column    episode_key      varchar  its opaque address
-- column    person           varchar  the name as given, or the patient's id
-- column    clinic_id        varchar  the clinic
-- column    clinic           varchar  its name
-- column    visit            varchar  the visit
-- column    label            varchar  in words
-- column    state            varchar  late, or not_due with its window open
-- column    is_planned       boolean  the procedure is still ahead
-- column    target_on        date     the planned day
-- column    closes_on        date     the last day on which an answer counts
-- column    days_left        integer  days until then
-- column    calls            bigint   attempts for this visit
-- column    last_outcome     varchar  outcome of the last one, in words
-- column    last_call_on     date     its day
-- column    call_back_on     date     the day agreed on then
-- column    rests_until      date     until then after the others
-- column    is_wrong_number  boolean  another number is needed first
-- column    received         bigint   answers in the group of this clinic and visit
-- column    due              bigint   received, late and missed in that group
-- column    variance         double   of an answer in that group, in points squared
-- missing   no row: no window is open, declined, or not to be called; last_… null: never called
-- source    Variance: that of the group, drawn towards that of all clinics at this visit (call_value usual_weight)
with constant as (
    select
        max(value) filter (where name = 'usual_variance') as usual_variance,
        max(value) filter (where name = 'usual_weight') as usual_weight
    from call_value
),

answer as (
    select
        v.clinic_id, v.visit,
        count(*) filter (where v.state = 'received') as received,
        count(*) filter (where n.is_due) as due,
        var_samp(v.value) as own_variance
    from visit_state_row v
    join visit_state n using (state)
    group by v.clinic_id, v.visit
),

usual as (
    select visit, var_samp(value) as variance
    from visit_state_row
    group by visit
),

spread as (
    select
        a.*,
        (
            c.usual_weight * coalesce(u.variance, c.usual_variance)
            + greatest(a.received - 1, 0) * coalesce(a.own_variance, 0)
        ) / (c.usual_weight + greatest(a.received - 1, 0)) as variance
    from answer a
    join usual u using (visit)
    cross join constant c
)

select
    v.patient_id, v.episode_id, s.episode_key,
    coalesce(nullif(concat_ws(' ', p.given_name, p.family_name), ''), v.patient_id) as person,
    v.clinic_id, coalesce(c.name, v.clinic_id) as clinic,
    v.visit, v.label, v.state, s.performed_on > $as_of::date as is_planned, v.target_on, v.closes_on,
    (v.closes_on - $as_of::date)::integer as days_left,
    coalesce(a.calls, 0) as calls, a.last_outcome, a.last_on as last_call_on, a.call_back_on, a.rests_until,
    coalesce(r.is_wrong_number, false) as is_wrong_number,
    g.received, g.due, g.variance
from visit_state_row v
join episode_summary s using (episode_id)
join patient p on p.patient_id = v.patient_id and p.retracted_at is null
join spread g on g.clinic_id = v.clinic_id and g.visit = v.visit
left join clinic c on c.clinic_id = v.clinic_id and c.retracted_at is null
left join attempt a on a.episode_id = v.episode_id and a.visit = v.visit
left join reach r on r.patient_id = v.patient_id
where v.can_answer and coalesce(a.ends <> 'visit', true) and not coalesce(r.is_off, false)
qualify row_number() over (partition by v.patient_id order by v.target_on desc, v.episode_id) = 1
order by v.patient_id
