-- question  Which patients are behind a mark of a comparison?
-- grain     number
-- param     clinics  varchar[]  null  the clinics that may be seen, or null for all
-- param     most     integer    5000  rows at most
-- frame     chosen  number integer, episode_id varchar
-- column    number        integer  the procedure, as numbered in the frame
-- column    episode_key   varchar  its opaque address
-- column    person        varchar  the name as given, or the patient's id
-- column    clinic        varchar  the clinic's name
-- column    surgeon       varchar  as given
-- column    performed_on  date     day 0
-- missing   no row: nobody is behind it, or they may not be seen
select
    c.number,
    s.episode_key,
    coalesce(nullif(concat_ws(' ', p.given_name, p.family_name), ''), s.patient_id) as person,
    coalesce(k.name, s.clinic_id) as clinic,
    s.surgeon,
    s.performed_on
from chosen c
join episode_summary s on s.episode_id = c.episode_id
left join patient p on p.patient_id = s.patient_id and p.retracted_at is null
left join clinic k on k.clinic_id = s.clinic_id and k.retracted_at is null
where $clinics::varchar[] is null or list_contains($clinics::varchar[], s.clinic_id)
order by person, s.performed_on, c.number
limit $most
