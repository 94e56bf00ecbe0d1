-- question  How did each patient do at a visit that was due and is over, and how were they before?
-- grain     episode_id, visit
-- param     as_of       date     2026-11-23  which day is today, for the clinic
-- param     episode_id  varchar  null        one episode, or null for all
-- param     visit       varchar  month_3     the visit, or null for all
-- param     clinics  varchar[]  null  the clinics that may be seen, or null for all
-- uses      clinics/answer_by_visit as answer
-- uses      cohort/case_mix_by_episode as mix
-- column    episode_id          varchar  the episode
-- column    visit               varchar  the visit
-- column    clinic_id           varchar  the patient's clinic
-- column    surgeon             varchar  as given
-- column    month_on            date     first day of the month of the procedure
-- column    is_month_open       boolean  the window of somebody treated in that month may still be open
-- column    mean                double   the answer, in the instrument's unit
-- column    improved            double   1 or 0; null where that can't be said
-- column    comfortable         double   1 or 0
-- column    worse               double   1 or 0; null where that can't be said
-- column    baseline            double   as in cohort/case_mix_by_episode, like all that follow
-- column    age                 double   years
-- column    is_female           double   1 or 0
-- column    is_lumbar           double   1 or 0
-- column    is_thoracic         double   1 or 0
-- column    level_count         double   levels
-- column    is_cancer           double   1 or 0
-- column    is_injury           double   1 or 0
-- column    is_steroid          double   1 or 0
-- column    of_number           double   1 to 5
-- column    fracture_weeks      double   weeks
-- column    has_prior_fracture  double   1 or 0
-- missing   no row: nobody answered; in the order of the procedures
-- source    clinics/answer_by_visit; data/reference/case_mix.csv
select
    a.episode_id, a.visit, a.clinic_id, a.surgeon, a.month_on, a.is_month_open,
    a.value as mean,
    a.is_improved::integer::double as improved,
    a.is_comfortable::integer::double as comfortable,
    a.is_worse::integer::double as worse,
    m.baseline, m.age, m.is_female, m.is_lumbar, m.is_thoracic, m.level_count,
    m.is_cancer, m.is_injury, m.is_steroid, m.of_number, m.fracture_weeks, m.has_prior_fracture
from answer a
join mix m on m.episode_id = a.episode_id
join episode_summary s on s.episode_id = a.episode_id
where a.value is not null and ($visit::varchar is null or a.visit = $visit)
order by s.performed_on, a.episode_id, a.visit
