-- question  Which cohorts are saved, in which versions, the newest of each first?
-- grain     cohort_id, version
-- param     cohort_id  varchar    null  only this one; null: all
-- param     clinics    varchar[]  null  only cohorts saved for some of these clinics; null: all
-- column    cohort_id   varchar    its id, the same over all versions
-- column    version     integer    from 1
-- column    name        varchar    what it was called in this version
-- column    definition  varchar    the canonical JSON
-- column    digest      varchar    the SHA-256 of it
-- column    comment     varchar    why, in the words of who saved it
-- column    saved_at    timestamp  UTC
-- column    saved_by    varchar    who saved it
-- column    clinics     varchar[]  for whose accounts it was saved; null: for those of every clinic
-- column    retired_at  timestamp  this version put it away
-- column    is_newest   boolean    no later version
-- missing   no row: none is saved
select
    c.cohort_id, c.version, c.name, c.definition, c.digest, c.comment, c.saved_at, c.saved_by, c.clinics, c.retired_at,
    c.version = max(c.version) over (partition by c.cohort_id) as is_newest
from cohort c
where ($cohort_id is null or c.cohort_id = $cohort_id)
    and ($clinics::varchar[] is null or coalesce(list_has_all($clinics::varchar[], c.clinics), false))
order by c.cohort_id, c.version desc
