-- question  How many visits of each clinic are in which state as of a date, and how many answers can still be had?
-- grain     clinic_id, visit, state
-- param     as_of       date     2026-11-23  which day is today, for the clinic
-- param     episode_id  varchar  null        one episode, or null for all
-- param     clinics  varchar[]  null  the clinics that may be seen, or null for all
-- uses      followup/state_by_visit as visit_state_row
-- uses      followup/attempt_by_visit as attempt
-- uses      followup/reach_by_patient as reach
-- uses      followup/open_by_visit as opening
-- column    clinic_id    varchar  the clinic
-- column    clinic       varchar  its name
-- column    visit        varchar  the visit
-- column    label        varchar  in words
-- column    target_day   integer  planned day after the procedure
-- column    state        varchar  one of data/reference/visit_state.csv
-- column    visits       bigint   visits in this state
-- column    open_visits  bigint   of them on the call list
-- column    closing      bigint   of those, with a window that closes by the end of the week
-- column    removed      double   variance that one more answer takes from the mean of this clinic and visit, where one can be had
-- missing   no row: no visit is in that state
with opened as (
    select
        o.*,
        o.variance / greatest(o.received, c.value) - o.variance / (greatest(o.received, c.value) + 1) as removed
    from opening o
    join call_value c on c.name = 'no_answers'
)

select
    v.clinic_id,
    coalesce(c.name, v.clinic_id) as clinic,
    v.visit,
    any_value(v.label) as label,
    any_value(v.target_day) as target_day,
    v.state,
    count(*) as visits,
    count(o.patient_id) as open_visits,
    count(o.patient_id) filter (where date_trunc('week', o.closes_on) = date_trunc('week', $as_of::date)) as closing,
    max(o.removed) as removed
from visit_state_row v
left join opened o on o.episode_id = v.episode_id and o.visit = v.visit
left join clinic c on c.clinic_id = v.clinic_id and c.retracted_at is null
group by v.clinic_id, coalesce(c.name, v.clinic_id), v.visit, v.state
order by v.clinic_id, min(v.target_day), v.state
