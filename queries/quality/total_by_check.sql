-- question  What does each check find, of how many, and how bad is it?
-- grain     code
-- param     clinic_id  varchar  null  one clinic, or null for all
-- frame     counted  code varchar, clinic_id varchar, things bigint, patients bigint
-- frame     checked  counted varchar, clinic_id varchar, checked bigint
-- column    code      varchar  the check
-- column    label     varchar  in words
-- column    severity  varchar  one of data/reference/quality_severity.csv
-- column    said      varchar  its shape and words; nothing, where nothing was found
-- column    things    bigint   what was found
-- column    of_words  varchar  of how many, in words
-- column    patients  bigint   in how many patients
-- column    meaning   varchar  what it means
-- column    todo      varchar  what to do
-- column    fix       varchar  where it is put right: patient or import
with found as (
    select code, sum(things)::bigint as things, sum(patients)::bigint as patients
    from counted
    where code is not null and ($clinic_id::varchar is null or clinic_id = $clinic_id)
    group by code
),

total as (
    select counted, sum(checked)::bigint as checked
    from checked
    where $clinic_id::varchar is null or clinic_id = $clinic_id
    group by counted
)

select
    q.code,
    q.label,
    q.severity,
    if(coalesce(f.things, 0) = 0, '● nothing', s.mark || ' ' || s.label) as said,
    coalesce(f.things, 0) as things,
    format('of {:,} {}', coalesce(t.checked, 0), q.counted) as of_words,
    coalesce(f.patients, 0) as patients,
    q.meaning,
    q.todo,
    q.fix
from quality_check q
join quality_severity s using (severity)
left join found f using (code)
left join total t using (counted)
order by coalesce(f.things, 0) = 0, s.rank, q.turn
