-- question  Whom does each course belong to, in words, and by which words is it found?
-- grain     episode_id
-- column    episode_id  varchar  the course
-- column    person      varchar  the name as given, or the patient's id
-- column    searched    varchar  name and ids in lower case, without accents
select
    s.episode_id,
    coalesce(nullif(concat_ws(' ', p.given_name, p.family_name), ''), s.patient_id) as person,
    lower(strip_accents(concat_ws(' ', p.given_name, p.family_name, s.patient_id, s.episode_id))) as searched
from episode_summary s
join patient p on p.patient_id = s.patient_id and p.retracted_at is null
order by s.episode_id
