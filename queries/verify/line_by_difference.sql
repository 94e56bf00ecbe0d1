-- question  Which lines of a worklist's day, not marked as stale, are not what the facts and the rules give?
-- grain     episode_id
-- param     as_of  date  2026-11-23  the day
-- after     worklist/open_fresh
-- column    episode_id  varchar  the course
-- missing   no row: kept and made anew are the same
with kept as (
    select episode_id, patient_id, verdict, rule, raised_on, headline, clinic_id, surgeon, needs_attention, state
    from worklist_line
    where as_of = $as_of
),

anew as (
    select episode_id, patient_id, verdict, rule, raised_on, headline, clinic_id, surgeon, needs_attention, state
    from fresh_line
)

select distinct episode_id
from ((from kept except all from anew) union all (from anew except all from kept))
where patient_id not in (select patient_id from worklist_stale where as_of = $as_of)
    and patient_id not in (select patient_id from flag_stale)
order by episode_id
