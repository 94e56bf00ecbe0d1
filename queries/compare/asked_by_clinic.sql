-- question  At which visits does each clinic ask for an instrument that is not what its procedures are measured by?
-- grain     clinic_id, visit
-- param     as_of       date     2026-11-23  which day is today, for the clinic
-- param     instrument  varchar  odi         the instrument asked about
-- column    clinic_id  varchar  the clinic
-- column    visit      varchar  the visit
-- missing   no row: none of its patients has ever answered it there, so that nobody's answer is missing
-- source    An answer in the strict window, the baseline's before the procedure
select distinct e.clinic_id, w.visit
from score s
join episode_summary e on e.patient_id = s.patient_id
join visit_window w
    on w.timeline_version = e.timeline_version and w.preset = 'strict'
    and s.taken_on - e.performed_on between w.from_day and w.to_day
where e.primary_instrument is distinct from $instrument
    and s.instrument = $instrument and s.status = 'done' and s.retracted_at is null and s.taken_on <= $as_of::date
    and (e.episode_id = s.episode_id or w.visit = 'baseline')
order by e.clinic_id, w.visit
