-- question  Whom does each course belong to, in words, and does a search term find them?
-- grain     episode_id
-- param     find  varchar  demo  words that must all occur in name or ids, in any case, with or without accents; null for all
-- column    episode_id  varchar  the course
-- column    person      varchar  the name as given, or the patient's id
-- column    clinic      varchar  the clinic's name
-- missing   no row for those who are not found
with word as (
    select string_split_regex(trim(lower(strip_accents(coalesce($find::varchar, '')))), '\s+') as words
),

person as (
    select
        s.episode_id,
        coalesce(nullif(concat_ws(' ', p.given_name, p.family_name), ''), s.patient_id) as person,
        c.name as clinic,
        lower(strip_accents(concat_ws(' ', p.given_name, p.family_name, s.patient_id, s.episode_id))) as searched
    from episode_summary s
    join patient p on p.patient_id = s.patient_id and p.retracted_at is null
    left join clinic c on c.clinic_id = s.clinic_id and c.retracted_at is null
)

select
    p.episode_id,
    p.person,
    coalesce(p.clinic, '') as clinic
from person p
cross join word w
where list_bool_and(list_transform(w.words, lambda one: contains(p.searched, one)))
order by p.episode_id
