-- question  How many procedures and patients are in a cohort, and how many can't be told to be?
-- grain     one row
-- param     definitions  varchar    [{"filters":{"sex":["female"]}}]  a JSON list of definitions, each in canonical JSON
-- param     as_of        date       2026-11-23  procedures up to this day
-- param     clinics      varchar[]  null        the clinics that may be seen, or null for all
-- uses      cohort/verdict_by_episode as judged
-- column    episodes  bigint                                       procedures in it
-- column    patients  bigint                                       patients in it
-- column    unknown   struct("filter" varchar, episodes bigint)[]  procedures left out as this isn't known; one may lack several
select
    count(*) filter (where is_member) as episodes,
    count(distinct patient_id) filter (where is_member) as patients,
    (
        select coalesce(list({'filter': u.one, 'episodes': u.episodes} order by u.one), [])
        from (
            select one, count(*) as episodes
            from (select unnest(unknown) as one from judged where is_member is null)
            group by one
        ) u
    ) as unknown
from judged
