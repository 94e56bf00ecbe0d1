-- question  Who is spoken to, and whom can they call?
-- grain     episode_id
-- param     episode_id  varchar  null  one course, or null for all
-- column    episode_id          varchar  the course
-- column    patient_id          varchar  the patient
-- column    given_name          varchar  the first of the given names, without marks that turn the text after it
-- column    phone_in_hours      varchar  the clinic's, while it is open
-- column    phone_out_of_hours  varchar  the clinic's, while it is closed
-- column    emergency_number    varchar  as the clinic has it
-- column    is_made_up          boolean  everybody in this store is made up
-- missing   null: not known
-- source    First name only: the page may be seen by others
select
    s.episode_id,
    s.patient_id,
    nullif(string_split_regex(trim(regexp_replace(p.given_name, '\p{Cc}|[\x{202A}-\x{202E}\x{2066}-\x{2069}]', ' ', 'g')), '\s+')[1], '')
        as given_name,
    nullif(trim(c.phone_in_hours), '') as phone_in_hours,
    nullif(trim(c.phone_out_of_hours), '') as phone_out_of_hours,
    nullif(trim(c.emergency_number), '') as emergency_number,
    coalesce((select bool_or(value = 'true') from store_meta where name = 'synthetic'), false) as is_made_up
from episode_summary s
join patient p on p.patient_id = s.patient_id and p.retracted_at is null
left join clinic c on c.clinic_id = s.clinic_id and c.retracted_at is null
where $episode_id is null or s.episode_id = $episode_id
order by s.episode_id
