-- question  Which procedures are in a cohort, with what each can be chosen by?
-- grain     episode_id
-- param     definitions  varchar    [{"filters":{"sex":["female"]}}]  a JSON list of definitions, each in canonical JSON
-- param     as_of        date       2026-11-23  procedures up to this day
-- param     clinics      varchar[]  null        the clinics that may be seen, or null for all
-- uses      cohort/verdict_by_episode as judged
-- column    episode_id          varchar    the episode
-- column    episode_key         varchar    opaque key for addresses
-- column    patient_id          varchar    the patient
-- column    clinic_id           varchar    the patient's clinic
-- column    surgeon             varchar    as given
-- column    timeline_version    varchar    the version that this episode is measured by
-- column    performed_on        date       day 0
-- column    next_performed_on   date       the procedure that ends this course
-- column    died_on             date       where known
-- column    withdrew_on         date       where known
-- column    age                 integer    whole years on day 0; by the years alone where only a year of birth is known
-- column    sex                 varchar    as recorded
-- column    levels              varchar[]  treated levels from the top
-- column    regions             varchar[]  where they lie
-- column    level_count         integer    how many
-- column    cause               varchar    as recorded
-- column    fracture_weeks      integer    whole weeks from the fracture to day 0
-- column    primary_instrument  varchar    what the baseline is measured by
-- column    baseline            double     the last score before, in that instrument's unit
-- column    of_grade            varchar    as recorded
-- column    approach            varchar    as recorded
-- column    has_prior_fracture  boolean    an earlier procedure, or a new fracture recorded before day 0
-- column    tags                varchar[]  words of the clinic's own
-- missing   no row: nobody is in it; null where not known
select
    t.episode_id,
    t.episode_key,
    t.patient_id,
    t.clinic_id,
    t.surgeon,
    t.timeline_version,
    t.performed_on,
    t.next_performed_on,
    t.died_on,
    t.withdrew_on,
    t.age,
    t.sex,
    t.levels,
    t.regions,
    t.level_count,
    t.cause,
    t.fracture_weeks,
    t.primary_instrument,
    t.baseline,
    t.of_grade,
    t.approach,
    t.has_prior_fracture,
    t.tags
from trait t
join judged j on j.episode_id = t.episode_id and j.is_member
order by t.episode_id
