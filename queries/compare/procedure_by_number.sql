-- question  Where, by whom and on whom was each chosen procedure done, and by which figures is it allowed for?
-- grain     number
-- param     as_of    date       2026-11-23  which day is today, for the clinic
-- param     clinics  varchar[]  null        the clinics that may be seen, or null for all
-- uses      cohort/case_mix_by_episode as mix
-- frame     chosen  number integer, episode_id varchar
-- column    number              integer  the procedure, as numbered in the frame
-- column    patient_id          varchar  the patient
-- column    clinic_id           varchar  the patient's clinic
-- column    clinic              varchar  its name
-- column    surgeon             varchar  as given
-- column    timeline_version    varchar  the version that this procedure is measured by
-- column    primary_instrument  varchar  what its baseline in the summary is measured by
-- column    age                 double   as cohort/case_mix_by_episode, and so are all below
-- column    is_female           double   1 or 0
-- column    is_lumbar           double   1 or 0
-- column    is_thoracic         double   1 or 0
-- column    level_count         double   treated levels
-- column    is_cancer           double   1 or 0
-- column    is_injury           double   1 or 0
-- column    is_steroid          double   1 or 0
-- column    of_number           double   1 to 5
-- column    fracture_weeks      double   whole weeks
-- column    has_prior_fracture  double   1 or 0
-- missing   no row: the episode is not in the store, may not be seen, or its procedure is later than that day; null where not known
select
    c.number, s.patient_id, s.clinic_id, coalesce(k.name, s.clinic_id) as clinic, s.surgeon, s.timeline_version,
    s.primary_instrument,
    m.age, m.is_female, m.is_lumbar, m.is_thoracic, m.level_count, m.is_cancer, m.is_injury, m.is_steroid, m.of_number,
    m.fracture_weeks, m.has_prior_fracture
from chosen c
join mix m on m.episode_id = c.episode_id
join episode_summary s on s.episode_id = c.episode_id
left join clinic k on k.clinic_id = s.clinic_id and k.retracted_at is null
where s.performed_on <= $as_of::date
order by c.number
