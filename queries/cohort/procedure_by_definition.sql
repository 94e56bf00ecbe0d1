-- question  Which procedures are in cohorts, each as a number that tells one from another, and whose it is?
-- grain     place, procedure
-- param     definitions  varchar    [{"filters":{"sex":["female"]}}]  a JSON list of definitions, each in canonical JSON
-- param     as_of        date       2026-11-23  procedures up to this day
-- param     clinics      varchar[]  null        the clinics that may be seen, or null for all
-- uses      cohort/verdict_by_episode as judged
-- column    place      bigint   which definition, from 1
-- column    procedure  ubigint  the upper 40 bits are of the patient's id, the lower 24 of the episode's
-- missing   no row: nobody is in it
-- source    By MD5: the engine's own quick number takes some ids of 9 to 16 letters for one another
select
    place,
    ((md5_number_upper(patient_id) // 16777216) * 16777216 + md5_number_upper(episode_id) % 16777216)::ubigint
        as procedure
from judged
where is_member
order by place, procedure
