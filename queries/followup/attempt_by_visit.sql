-- question  What has come of the attempts to reach each patient, visit by visit, as of a date?
-- grain     episode_id, visit
-- param     as_of  date  2026-11-23  what is known on this day
-- column    episode_id    varchar  the episode
-- column    visit         varchar  the visit that was called for
-- column    patient_id    varchar  the patient
-- column    calls         bigint   attempts for this visit
-- column    last_on       date     the last of them
-- column    last_outcome  varchar  its outcome, in words
-- column    ends          varchar  what that outcome takes off the list: visit, number; null: nothing
-- column    call_back_on  date     the day that was agreed on then
-- column    rests_until   date     from this day on it stands in its place on the list again
-- missing   no row: never called for this visit
-- source    data/reference/contact_outcome.csv; the last attempt decides
with known as (
    select
        a.episode_id, a.visit, a.patient_id, a.attempted_on, a.attempted_at, a.contact_attempt_id, a.recorded_at,
        a.call_back_on, o.label, o.ends, o.rest_days
    from contact_attempt a
    join contact_outcome o using (outcome)
    where a.retracted_at is null and a.attempted_on <= $as_of::date
)

select
    episode_id,
    visit,
    any_value(patient_id) as patient_id,
    count(*) as calls,
    max(attempted_on) as last_on,
    last(label order by attempted_on, attempted_at nulls first, recorded_at, contact_attempt_id) as last_outcome,
    last(ends order by attempted_on, attempted_at nulls first, recorded_at, contact_attempt_id) as ends,
    last(call_back_on order by attempted_on, attempted_at nulls first, recorded_at, contact_attempt_id) as call_back_on,
    last(
        coalesce(call_back_on, attempted_on + rest_days)
        order by attempted_on, attempted_at nulls first, recorded_at, contact_attempt_id
    ) as rests_until
from known
group by episode_id, visit
order by episode_id, visit
