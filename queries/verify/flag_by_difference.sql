-- question  Which courses have flags, not marked as stale, that the facts don't give?
-- grain     episode_id
-- param     patient_ids  varchar[]  null  these patients, or null for all
-- uses      flag/run_with_facts as made
-- column    episode_id  varchar  the course
-- missing   no row: kept and made anew are the same
with kept as (
    select episode_id, patient_id, rule, subject, verdict, raised_on, cleared_on, known_at, fact_ids
    from flag_run
    where $patient_ids is null or patient_id in (select unnest($patient_ids))
),

anew as (
    select episode_id, patient_id, rule, subject, verdict, raised_on, cleared_on, known_at, fact_ids
    from made
)

select distinct episode_id
from ((from kept except all from anew) union all (from anew except all from kept))
where patient_id not in (select patient_id from flag_stale)
order by episode_id
