-- question  By what can each procedure be chosen for a cohort, and how was its patient before it?
-- grain     episode_id
-- param     clinics  varchar[]  null  the clinics that may be seen, or null for all
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
-- missing   null where not known; no row before any procedure
with placed as (
    select s.*, row_number() over (partition by s.patient_id order by s.performed_on, s.episode_id) > 1 as has_earlier
    from episode_summary s
    where s.performed_on is not null
        and ($clinics::varchar[] is null or list_contains($clinics::varchar[], s.clinic_id))
),

broken as (
    select patient_id, min(happened_on) as first_on
    from event
    where retracted_at is null and kind = 'new_fracture'
    group by patient_id
),

level_region as (
    select map(list(l.level), list(l.region)) as region_of from level l
)

select
    s.episode_id,
    s.episode_key,
    s.patient_id,
    s.clinic_id,
    s.surgeon,
    s.timeline_version,
    s.performed_on,
    s.next_performed_on,
    s.died_on,
    s.withdrew_on,
    s.age,
    p.sex,
    coalesce(string_split(s.levels, ';'), []) as levels,
    list_sort(list_distinct([r.region_of[one] for one in coalesce(string_split(s.levels, ';'), [])])) as regions,
    nullif(len(coalesce(string_split(s.levels, ';'), [])), 0)::integer as level_count,
    e.cause,
    floor((s.performed_on - s.fracture_on) / 7)::integer as fracture_weeks,
    s.primary_instrument,
    s.baseline,
    e.of_grade,
    e.approach,
    s.has_earlier or coalesce(b.first_on < s.performed_on, false) as has_prior_fracture,
    coalesce([trim(one) for one in string_split(e.tags, ';') if trim(one) <> ''], []) as tags
from placed s
join patient p on p.patient_id = s.patient_id and p.retracted_at is null
join episode e on e.episode_id = s.episode_id and e.retracted_at is null
left join broken b on b.patient_id = s.patient_id
cross join level_region r
order by s.episode_id
