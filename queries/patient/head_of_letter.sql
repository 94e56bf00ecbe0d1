-- question  Who is a letter about, and which clinic sends it?
-- grain     one row
-- param     episode_id  varchar  demo-0001  the course
-- column    name            varchar  given and family name, where known
-- column    patient_id      varchar  the patient
-- column    birth_date      varchar  as given: a day, a month or a year
-- column    sex             varchar  as given
-- column    clinic          varchar  the clinic's name
-- column    phone_in_hours  varchar  the clinic's
-- column    surgeon         varchar  as given
-- column    procedure       varchar  its kind and levels in words
-- column    cause           varchar  of the fracture, in words
-- column    performed_on    date     day 0
-- missing   no row: no such course; null where it is not known
select
    nullif(concat_ws(' ', p.given_name, p.family_name), '') as name,
    p.patient_id,
    p.birth_date,
    p.sex,
    coalesce(c.name, p.clinic_id) as clinic,
    c.phone_in_hours,
    s.surgeon,
    nullif(concat_ws(' ', w.label, replace(s.levels, ';', ', ')), '') as procedure,
    u.label as cause,
    s.performed_on
from episode_summary s
join patient p on p.patient_id = s.patient_id and p.retracted_at is null
left join clinic c on c.clinic_id = p.clinic_id and c.retracted_at is null
left join pathway w on w.pathway = s.pathway
left join episode e on e.episode_id = s.episode_id and e.retracted_at is null
left join cause u on u.cause = e.cause
where s.episode_id = $episode_id
