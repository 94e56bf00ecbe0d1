-- question  By which figures is each procedure allowed for when groups are compared, and how was its patient before?
-- grain     episode_id
-- param     clinics  varchar[]  null  the clinics that may be seen, or null for all
-- uses      cohort/trait_by_episode as trait
-- column    episode_id          varchar  the episode
-- column    baseline            double   the last score before on its primary instrument, in that unit
-- column    age                 double   whole years on day 0
-- column    is_female           double   1 or 0; null where the sex is not recorded as female or male
-- column    is_lumbar           double   1 where a treated level lies there, else 0
-- column    is_thoracic         double   1 where a treated level lies there, else 0
-- column    level_count         double   treated levels
-- column    is_cancer           double   1 where that is the recorded cause, else 0
-- column    is_injury           double   1 where that is the recorded cause, else 0
-- column    is_steroid          double   1 where that is the recorded cause, else 0
-- column    of_number           double   1 to 5
-- column    fracture_weeks      double   whole weeks from the fracture to day 0
-- column    has_prior_fracture  double   1 or 0
-- missing   null where not known, a cause recorded as unknown too; no row before any procedure
-- source    data/reference/case_mix.csv
with coded as (
    select
        t.*,
        len(t.regions) > 0 as has_region,
        case when t.cause <> 'unknown' then t.cause end as known_cause
    from trait t
)

select
    episode_id,
    baseline,
    age::double as age,
    case sex when 'female' then 1 when 'male' then 0 end::double as is_female,
    case when has_region then list_contains(regions, 'lumbar')::integer end::double as is_lumbar,
    case when has_region then list_contains(regions, 'thoracic')::integer end::double as is_thoracic,
    level_count::double as level_count,
    (known_cause = 'neoplastic')::integer::double as is_cancer,
    (known_cause = 'traumatic')::integer::double as is_injury,
    (known_cause = 'glucocorticoid')::integer::double as is_steroid,
    try_cast(regexp_extract(of_grade, '^OF ?([1-5])$', 1) as double) as of_number,
    fracture_weeks::double as fracture_weeks,
    has_prior_fracture::integer::double as has_prior_fracture
from coded
order by episode_id
