-- question  What does any check find, each thing with its clinic?
-- grain     code, patient_id, clinic_id, fact_id, since_on, found
-- param     as_of       date     2026-11-23  which day is today, for the clinic
-- param     episode_id  varchar  null        one episode in the visit states, or null for all
-- param     clinics  varchar[]  null  the clinics that may be seen, or null for all
-- uses      quality/dead_active as dead_active_found
-- uses      quality/impossible_value as impossible_value_found
-- uses      quality/unit_drift as unit_drift_found
-- uses      quality/likely_duplicate as likely_duplicate_found
-- uses      quality/procedure_twice as procedure_twice_found
-- uses      quality/fracture_after as fracture_after_found
-- uses      quality/before_fracture as before_fracture_found
-- uses      quality/no_baseline as no_baseline_found
-- uses      quality/unlikely_jump as unlikely_jump_found
-- uses      quality/two_values as two_values_found
-- uses      quality/two_clinics as two_clinics_found
-- uses      quality/future_dated as future_dated_found
-- uses      quality/milestone_early as milestone_early_found
-- uses      quality/milestone_order as milestone_order_found
-- uses      quality/outside_course as outside_course_found
-- uses      quality/medicine_ends_early as medicine_ends_early_found
-- uses      quality/discharge_early as discharge_early_found
-- uses      quality/birth_date as birth_date_found
-- uses      quality/levels_missing as levels_missing_found
-- uses      quality/window_empty as window_empty_found
-- uses      quality/late_entry as late_entry_found
-- uses      quality/clinic_silent as clinic_silent_found
-- column    code        varchar  a check of data/reference/quality_check.csv
-- column    patient_id  varchar  the patient; null where it is about a clinic
-- column    episode_id  varchar  the course, where it is about one
-- column    clinic_id   varchar  the clinic
-- column    found       varchar  what was found, in a plain sentence
-- column    since_on    date     the day that it is about
-- column    fact_id     varchar  the row that it is about, where it is one
-- missing   no row: nothing found
with every as (
    from dead_active_found
    union all by name from impossible_value_found
    union all by name from unit_drift_found
    union all by name from likely_duplicate_found
    union all by name from procedure_twice_found
    union all by name from fracture_after_found
    union all by name from before_fracture_found
    union all by name from no_baseline_found
    union all by name from unlikely_jump_found
    union all by name from two_values_found
    union all by name from two_clinics_found
    union all by name from future_dated_found
    union all by name from milestone_early_found
    union all by name from milestone_order_found
    union all by name from outside_course_found
    union all by name from medicine_ends_early_found
    union all by name from discharge_early_found
    union all by name from birth_date_found
    union all by name from levels_missing_found
    union all by name from window_empty_found
    union all by name from late_entry_found
    union all by name from clinic_silent_found
)

select
    e.code,
    e.patient_id,
    e.episode_id,
    coalesce(e.clinic_id, p.clinic_id) as clinic_id,
    e.found,
    e.since_on,
    e.fact_id
from every e
left join patient p on p.patient_id = e.patient_id and p.retracted_at is null
where ($clinics::varchar[] is null or list_contains($clinics::varchar[], coalesce(e.clinic_id, p.clinic_id)))
order by e.code, e.patient_id, clinic_id, e.since_on, e.fact_id
