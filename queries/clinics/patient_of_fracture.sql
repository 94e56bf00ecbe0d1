-- question  Whose courses ended with the new fracture that the rate of a clinic counts, as of a date?
-- grain     episode_id
-- param     as_of      date       2026-11-23  which day is today, for the clinic
-- param     clinic_id  varchar    null        one clinic, or null for all
-- param     most       integer    5000        rows at most
-- param     clinics    varchar[]  null        the clinics that may be seen, or null for all
-- uses      clinics/fracture_by_episode as course
-- column    episode_id    varchar  the episode
-- column    episode_key   varchar  its opaque address
-- column    person        varchar  the name as given, or the patient's id
-- column    clinic        varchar  the clinic's name
-- column    surgeon       varchar  as given
-- column    performed_on  date     the day of the procedure
-- column    received_on   date     the day of the new fracture
-- column    visits        bigint   courses in all, listed or not
-- missing   no row: no course had one
select
    f.episode_id,
    s.episode_key,
    coalesce(nullif(concat_ws(' ', p.given_name, p.family_name), ''), s.patient_id) as person,
    f.clinic,
    s.surgeon,
    s.performed_on,
    s.performed_on + f.days::integer as received_on,
    count(*) over () as visits
from course f
join episode_summary s using (episode_id)
left join patient p on p.patient_id = s.patient_id and p.retracted_at is null
where f.outcome = 1
    and ($clinic_id::varchar is null or f.clinic_id = $clinic_id)
order by person, f.episode_id
limit $most
