-- question  Which patients' visits are behind one block of the bar as of a date?
-- grain     episode_id, visit
-- param     as_of       date     2026-11-23  which day is today, for the clinic
-- param     episode_id  varchar  null        one episode, or null for all
-- param     clinic_id   varchar  null        one clinic, or null for all
-- param     visit       varchar  month_3     the visit, or null for all
-- param     state       varchar  received    one of data/reference/visit_state.csv
-- param     most        integer  5000        rows at most
-- param     clinics  varchar[]  null  the clinics that may be seen, or null for all
-- uses      followup/state_by_visit as visit_state_row
-- column    episode_id   varchar  the episode
-- column    visit        varchar  the visit
-- column    label        varchar  in words
-- column    episode_key  varchar  its opaque address
-- column    person       varchar  the name as given, or the patient's id
-- column    clinic       varchar  the clinic's name
-- column    target_on    date     the planned day
-- column    closes_on    date     the last day of the window
-- column    received_on  date     the day of the answer
-- column    value        double   the answer, in the instrument's unit
-- column    visits       bigint   visits in all, listed or not
-- missing   no row: none in that state; received_on and value are null where nothing came
select
    v.episode_id,
    v.visit,
    v.label,
    s.episode_key,
    coalesce(nullif(concat_ws(' ', p.given_name, p.family_name), ''), v.patient_id) as person,
    coalesce(c.name, v.clinic_id) as clinic,
    v.target_on,
    v.closes_on,
    v.received_on,
    v.value,
    count(*) over () as visits
from visit_state_row v
join episode_summary s using (episode_id)
left join patient p on p.patient_id = v.patient_id and p.retracted_at is null
left join clinic c on c.clinic_id = v.clinic_id and c.retracted_at is null
where v.state = $state
    and ($visit::varchar is null or v.visit = $visit)
    and ($clinic_id::varchar is null or v.clinic_id = $clinic_id)
order by v.closes_on desc, person, v.episode_id
limit $most
