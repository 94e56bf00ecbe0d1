-- question  Which words of clinics' own can a cohort name: clinics, and what any procedure has on record, on any day?
-- grain     filter, code
-- param     clinics  varchar[]  null  the clinics that may be seen, or null for all
-- uses      cohort/trait_by_episode as trait
-- column    filter  varchar  as in cohort_filter
-- column    code    varchar  what the filter takes
-- column    name    varchar  of a clinic
-- missing   no row: nothing of it is recorded; a clinic without a procedure has one
with said as (
    select
        unnest([
            {'filter': 'clinic', 'codes': [clinic_id]},
            {'filter': 'surgeon', 'codes': [surgeon]},
            {'filter': 'of_grade', 'codes': [of_grade]},
            {'filter': 'approach', 'codes': [approach]},
            {'filter': 'tag', 'codes': tags}
        ]) as one
    from trait
),

listed as (
    select distinct filter, code, null as name
    from (select one['filter'] as filter, unnest(one['codes']) as code from said)
    where code is not null

    union all

    select 'clinic' as filter, clinic_id as code, name
    from clinic
    where retracted_at is null and ($clinics::varchar[] is null or list_contains($clinics::varchar[], clinic_id))
)

select filter, code, any_value(name) as name
from listed
group by filter, code
order by filter, code
