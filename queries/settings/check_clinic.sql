-- question  What is wrong with a setting that is to be changed?
-- grain     field, rule
-- param     clinic_id           varchar  demo-harbor  the clinic
-- param     clinic_name         varchar  null         its name
-- param     phone_in_hours      varchar  555-0101     by day
-- param     phone_out_of_hours  varchar  555-0111     at night
-- param     emergency_number    varchar  911          for emergencies
-- param     amber_budget        double   5            urgent amber flags per 100 patient-weeks
-- column    field  varchar  the setting
-- column    rule   varchar  a rule of data/reference/entry_rule.csv
-- column    text   varchar  the sentence
-- missing   no row: nothing is wrong, or no such clinic
-- source    data/reference/entry_rule.csv. What is as it was isn't judged: an import may have brought it
with held as (
    from clinic where clinic_id = $clinic_id and retracted_at is null
),

said as (
    select unnest([
        {'field': 'name', 'said': $clinic_name::varchar, 'was': name, 'kind': 'name'},
        {'field': 'phone_in_hours', 'said': $phone_in_hours::varchar, 'was': phone_in_hours, 'kind': 'phone'},
        {'field': 'phone_out_of_hours', 'said': $phone_out_of_hours::varchar, 'was': phone_out_of_hours, 'kind': 'phone'},
        {'field': 'emergency_number', 'said': $emergency_number::varchar, 'was': emergency_number, 'kind': 'phone'}
    ], recursive := true)
    from held
),

bound as (
    select rule, limit_value
    from entry_rule
    where kind = 'clinic'
),

hit as (
    select field, 'clinic_no_name' as rule, null as word
    from said
    where kind = 'name' and said is null
    union all
    select 'name', 'clinic_name_taken', null
    where exists (
        select 1 from clinic
        where retracted_at is null and clinic_id <> $clinic_id and lower(name) = lower($clinic_name::varchar)
    )
    union all
    select field, 'clinic_hidden_sign', null
    from said
    where said is distinct from was and regexp_matches(said, '[\p{C}\p{Zl}\p{Zp}]')
    union all
    select s.field, b.rule, format('{:g}', b.limit_value)
    from said s
    join bound b on b.rule = 'clinic_' || s.kind || '_long'
    where s.said is distinct from s.was and length(s.said) > b.limit_value
    union all
    select s.field, b.rule, null
    from said s
    join bound b on b.rule = 'clinic_phone_unlike'
    where s.kind = 'phone' and s.said is distinct from s.was and (
        length(regexp_replace(s.said, '[^0-9]', '', 'g')) < b.limit_value
        or not regexp_full_match(lower(s.said), '[0-9 +()./#*-]+(ext[.]?|x)?[0-9 ]*')
    )
    union all
    select field, 'clinic_no_emergency', null
    from said
    where field = 'emergency_number' and said is null and was is not null
    union all
    select 'amber_budget', b.rule, format('{:g}', b.limit_value)
    from held h
    join bound b on case b.rule
        when 'clinic_no_budget' then $amber_budget::double is null
        when 'clinic_budget_low' then $amber_budget::double < b.limit_value
        when 'clinic_budget_high' then $amber_budget::double > b.limit_value
        when 'clinic_budget_part' then $amber_budget::double <> floor($amber_budget::double)
    end
    where $amber_budget::double is distinct from h.amber_budget
)

select
    h.field,
    r.rule,
    format(r.template, coalesce(h.word, '')) as text
from hit h
join entry_rule r using (rule)
order by h.field, r.rule
