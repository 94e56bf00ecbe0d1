-- question  Which patients have no birth date, or one that is hardly possible at their procedure?
-- grain     code, patient_id, clinic_id, fact_id, since_on, found
-- param     as_of  date  2026-11-23  which day is today, for the clinic
-- column    code        varchar  birth_date, as in data/reference/quality_check.csv
-- column    patient_id  varchar  the patient; null where it is about a clinic
-- column    episode_id  varchar  the course, where it is about one
-- column    clinic_id   varchar  the clinic; null where the patient's is meant
-- column    found       varchar  what was found, in a plain sentence
-- column    since_on    date     the day that it is about
-- column    fact_id     varchar  the row that it is about, where it is one
-- missing   no row: nothing found
-- source    quality_limit youngest_years, oldest_years
with told as (
    select
        max(value) filter (where name = 'youngest_years')::integer as youngest,
        max(value) filter (where name = 'oldest_years')::integer as oldest
    from quality_limit
),

born as (
    select p.patient_id, p.birth_date, p.patient_row_id, try_cast(p.birth_date[:4] as integer) as birth_year,
        coalesce(min(e.performed_on), $as_of::date) as on_date
    from patient p
    left join episode e on e.patient_id = p.patient_id and e.retracted_at is null
    where p.retracted_at is null
    group by all
)

select
    'birth_date' as code,
    b.patient_id,
    null::varchar as episode_id,
    null::varchar as clinic_id,
    case
        when b.birth_date is null then 'No birth date.'
        when b.birth_year is null then 'The birth date is no date.'
        else format('About {} years old on {}.', year(b.on_date) - b.birth_year, strftime(b.on_date, '%-d %b %Y'))
    end as found,
    null::date as since_on,
    b.patient_row_id as fact_id
from born b
cross join told t
where b.birth_year is null or year(b.on_date) - b.birth_year not between t.youngest and t.oldest
order by patient_id, clinic_id, since_on, fact_id, found
